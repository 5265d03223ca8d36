import type { Hazard } from '../../domain/primitives.ts';

/** Hazards that feeds mix up for one event (FL and FF, TC and ST as GLIDE has them); only within a family may events be one. */
export type Family =
  | 'earthquake'
  | 'tsunami'
  | 'cyclone'
  | 'storm'
  | 'flood'
  | 'landslide'
  | 'drought'
  | 'wildfire'
  | 'volcano'
  | 'temperature'
  | 'epidemic'
  | 'insects'
  | 'other';

const families: Record<Hazard, Family> = {
  AC: 'other',
  AV: 'landslide',
  CE: 'other',
  CW: 'temperature',
  DR: 'drought',
  EC: 'storm',
  EP: 'epidemic',
  EQ: 'earthquake',
  ET: 'temperature',
  FA: 'other',
  FF: 'flood',
  FL: 'flood',
  FR: 'wildfire',
  HT: 'temperature',
  IN: 'insects',
  LS: 'landslide',
  MS: 'landslide',
  OT: 'other',
  SL: 'landslide',
  SS: 'storm',
  ST: 'storm',
  TC: 'cyclone',
  TO: 'storm',
  TS: 'tsunami',
  VO: 'volcano',
  VW: 'storm',
  WF: 'wildfire',
  WV: 'storm',
};

export const familyOf = (hazard: Hazard): Family => families[hazard];

/** What a feature of the GDACS API draws, by its `Class`. */
export type GdacsRole =
  /** The event itself, with its facts. */
  | 'event'
  /** Where it is felt: part of the footprint. */
  | 'area'
  /** The whole region around it, an area only when nothing better is drawn. */
  | 'region'
  /** The circle in which people are counted, an area only when no shaking is drawn. */
  | 'circle'
  /** Winds, tracks, cones and clouds, forecast and past in one: never an area affected. */
  | 'forecast'
  /** A mark on the map for one of the areas. */
  | 'mark';

/** Intensity IV is felt indoors by many; the outlines of 0 to III go around the whole map of shaking. */
const feltIntensity = 4;

/**
 * The role of a class ("Poly_Affected", "Point_Polygon_Point_3"). A cyclone's polygons are bands of wind along its whole
 * track, the days to come included, under the names of colours; only what GDACS calls affected is an area then.
 */
export const gdacsRole = (className: string | undefined, eventType: string): GdacsRole => {
  const name = className?.toLowerCase() ?? 'point_centroid';
  if (name === 'point_centroid') return 'event';
  if (name.startsWith('point_polygon') || name.startsWith('line')) return 'forecast';
  if (!name.startsWith('poly')) return 'mark';
  if (name.startsWith('poly_global')) return 'region';
  if (name.startsWith('poly_affected') || name.startsWith('poly_area')) return 'area';
  const intensity = name.match(/^poly_smpint_(\d+(?:\.\d+)?)$/)?.[1];
  if (intensity !== undefined) return Number(intensity) >= feltIntensity ? 'area' : 'region';
  if (eventType === 'TC' || /cone|forecast|fcst|wind|track|uncertain|cloud|ash/.test(name)) return 'forecast';
  if (/^poly_(green|orange|red|white)$/.test(name)) return 'forecast';
  return name.startsWith('poly_circle') ? 'circle' : 'area';
};

/**
 * Which features of an event draw its footprint: the areas; without them the circle, without that the region (of a flood
 * alone: the lowest intensities of a quake say that nothing is felt there).
 */
export const areaOf = <T extends { role: GdacsRole }>(features: readonly T[], eventType: string): T[] => {
  for (const role of ['area', 'circle', 'region'] as const) {
    const drawn = features.filter(feature => feature.role === role);
    if (drawn.length > 0) return role === 'region' && eventType === 'EQ' ? [] : drawn;
  }
  return [];
};

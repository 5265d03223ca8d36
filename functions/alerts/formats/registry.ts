import type { FeedDocument } from '../document.ts';
import { cap } from './cap.ts';
import { capIndex } from './cap-index.ts';
import { emscJson } from './emsc-json.ts';
import { emscRss } from './emsc-rss.ts';
import type { Format } from './format.ts';
import { gdacsJson } from './gdacs-json.ts';
import { gdacsRss } from './gdacs-rss.ts';
import { geonetQuake } from './geonet-quake.ts';
import { geonetVolcano } from './geonet-volcano.ts';
import { jmaXml } from './jma-xml.ts';
import { nrcanRss } from './nrcan-rss.ts';
import { pagerXml } from './pager-xml.ts';
import { qldBushfire } from './qld-bushfire.ts';
import { quakeml } from './quakeml.ts';
import { tsunamiAtom } from './tsunami-atom.ts';
import { usgsGeojson } from './usgs-geojson.ts';
import { waDfes } from './wa-dfes.ts';

/** Every format that is read. The first that recognises a document reads it, so the narrow ones stand first. */
const formats: readonly Format[] = [
  jmaXml,
  gdacsRss,
  gdacsJson,
  tsunamiAtom,
  qldBushfire,
  waDfes,
  emscRss,
  nrcanRss,
  quakeml,
  pagerXml,
  capIndex,
  cap,
  emscJson,
  geonetQuake,
  geonetVolcano,
  usgsGeojson,
];

/** The format of a document, or nothing when none recognises it. */
export const formatOf = (document: FeedDocument): Format | undefined =>
  formats.find(format => format.recognises(document));

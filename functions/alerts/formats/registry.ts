import type { FeedDocument } from '../document.ts';
import { australianFires } from './australian-fires.ts';
import { bbkJson } from './bbk-json.ts';
import { cap } from './cap.ts';
import { capIndex } from './cap-index.ts';
import { cmaJson } from './cma-json.ts';
import { copernicusEms } from './copernicus-ems.ts';
import { ecccGeojson } from './eccc-geojson.ts';
import { emscJson } from './emsc-json.ts';
import { emscRss } from './emsc-rss.ts';
import { eonet } from './eonet.ts';
import type { Format } from './format.ts';
import { gdacsJson } from './gdacs-json.ts';
import { gdacsRss } from './gdacs-rss.ts';
import { geonetQuake } from './geonet-quake.ts';
import { geonetVolcano } from './geonet-volcano.ts';
import { glide } from './glide.ts';
import { jmaXml } from './jma-xml.ts';
import { meteoalarmJson } from './meteoalarm-json.ts';
import { metnoGeojson } from './metno-geojson.ts';
import { nhcRss } from './nhc-rss.ts';
import { nrcanRss } from './nrcan-rss.ts';
import { nswRfsGeojson } from './nsw-rfs-geojson.ts';
import { nwsGeojson } from './nws-geojson.ts';
import { p2pJson } from './p2p-json.ts';
import { pagerXml } from './pager-xml.ts';
import { qldBushfire } from './qld-bushfire.ts';
import { quakeGeorss } from './quake-georss.ts';
import { quakeml } from './quakeml.ts';
import { reliefweb } from './reliefweb.ts';
import { tsunamiAtom } from './tsunami-atom.ts';
import { usgsGeojson } from './usgs-geojson.ts';
import { waDfes } from './wa-dfes.ts';

/** Every format that is read. The first that recognises a document reads it, so the narrow ones stand first. */
const formats: readonly Format[] = [
  jmaXml,
  p2pJson,
  nhcRss,
  cmaJson,
  ecccGeojson,
  metnoGeojson,
  nswRfsGeojson,
  gdacsRss,
  gdacsJson,
  eonet,
  reliefweb,
  glide,
  copernicusEms,
  tsunamiAtom,
  qldBushfire,
  waDfes,
  australianFires,
  quakeGeorss,
  emscRss,
  nrcanRss,
  quakeml,
  pagerXml,
  capIndex,
  cap,
  meteoalarmJson,
  nwsGeojson,
  bbkJson,
  emscJson,
  geonetQuake,
  geonetVolcano,
  usgsGeojson,
];

/** The format of a document, or nothing when none recognises it. */
export const formatOf = (document: FeedDocument): Format | undefined =>
  formats.find(format => format.recognises(document));

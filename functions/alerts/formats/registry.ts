import type { FeedDocument } from '../documents/document.ts';
import { bbkJson } from './cap/bbk-json.ts';
import { cap } from './cap/cap.ts';
import { capIndex } from './cap/cap-index.ts';
import { meteoalarmJson } from './cap/meteoalarm-json.ts';
import { nwsGeojson } from './cap/nws-geojson.ts';
import { copernicusEms } from './catalogues/copernicus-ems.ts';
import { eonet } from './catalogues/eonet.ts';
import { glide } from './catalogues/glide.ts';
import { reliefweb } from './catalogues/reliefweb.ts';
import { emscJson } from './earthquakes/emsc-json.ts';
import { emscRss } from './earthquakes/emsc-rss.ts';
import { geonetQuake } from './earthquakes/geonet-quake.ts';
import { geonetVolcano } from './earthquakes/geonet-volcano.ts';
import { nrcanRss } from './earthquakes/nrcan-rss.ts';
import { pagerXml } from './earthquakes/pager-xml.ts';
import { quakeGeorss } from './earthquakes/quake-georss.ts';
import { quakeml } from './earthquakes/quakeml.ts';
import { usgsGeojson } from './earthquakes/usgs-geojson.ts';
import type { Format } from './format.ts';
import { gdacsJson } from './gdacs/gdacs-json.ts';
import { gdacsRss } from './gdacs/gdacs-rss.ts';
import { jmaXml } from './japan/jma-xml.ts';
import { p2pJson } from './japan/p2p-json.ts';
import { australianFires } from './national/australian-fires.ts';
import { cmaJson } from './national/cma-json.ts';
import { ecccGeojson } from './national/eccc-geojson.ts';
import { metnoGeojson } from './national/metno-geojson.ts';
import { nhcRss } from './national/nhc-rss.ts';
import { nswRfsGeojson } from './national/nsw-rfs-geojson.ts';
import { qldBushfire } from './national/qld-bushfire.ts';
import { tsunamiAtom } from './national/tsunami-atom.ts';
import { waDfes } from './national/wa-dfes.ts';

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

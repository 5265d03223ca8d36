import { describe, expect, it } from 'vitest';
import { geonetQuake } from '../../../../functions/alerts/formats/earthquakes/geonet-quake.ts';
import { geonetVolcano } from '../../../../functions/alerts/formats/earthquakes/geonet-volcano.ts';
import { captured, capturesAbsent, documentOf, draftsOf, emptyPlaces, outcomesOf } from './quake-captures.ts';

const quake = (properties: Record<string, unknown> = {}, coordinates: unknown = [178.2567, -38.0793]) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates },
  properties: {
    publicID: '2016p858000',
    time: '2016-11-13T11:02:56.346Z',
    depth: 15.11,
    magnitude: 7.8209,
    mmi: 8,
    locality: '15 km north-east of Culverden',
    quality: 'best',
    ...properties,
  },
});
const list = (...features: unknown[]) => ({ type: 'FeatureCollection', features });
const first = (body: object) => draftsOf(geonetQuake.read(documentOf(body)))[0]!;

describe('GeoNet quakes', () => {
  it('reads a quake of the API', () => {
    const document = documentOf(list(quake()));
    expect(geonetQuake.recognises(document)).toBe(true);
    expect(draftsOf(geonetQuake.read(document))).toMatchObject([
      {
        source: 'GeoNet',
        sourceId: '2016p858000',
        ownIds: ['geonet:2016p858000'],
        level: 'Unknown',
        titles: { en: 'M 7.8 - 15 km north-east of Culverden' },
        measures: [{ value: 7.8209 }, { value: 15.11 }, { name: 'maximumMmi', value: 8 }],
      },
    ]);
    expect(emptyPlaces(geonetQuake, document)).toEqual([]);
  });

  it('reads the map service too', () => {
    const properties = {
      publicid: '2016p858000',
      eventtype: 'earthquake',
      origintime: '2016-11-13T11:02:56.346Z',
      modificationtime: '2017-01-01T00:00:00Z',
      magnitude: 7.8,
      depth: 15,
      evaluationstatus: 'confirmed',
    };
    const document = documentOf(list({ ...quake(), properties }));
    expect(draftsOf(geonetQuake.read(document))).toMatchObject([
      { sourceId: '2016p858000', revision: '2017-01-01T00:00:00.000Z', messageType: 'Alert' },
    ]);
    expect(emptyPlaces(geonetQuake, document)).toEqual([]);
  });

  it('orders versions by their quality when they have no time, and takes a deletion for a withdrawal', () => {
    const revisions = [
      first(quake({ quality: 'automatic' })),
      first(quake({ quality: 'preliminary' })),
      first(quake()),
      first(quake({ modificationTime: '2016-11-14T00:00:00Z' })),
    ].map(draft => draft.revision);
    expect(revisions).toEqual([...revisions].sort());
    expect(new Set(revisions).size).toBe(4);
    const gone = first(list(quake({ quality: 'deleted' }, [])));
    expect(gone).toMatchObject({ messageType: 'Cancel', references: ['GeoNet:2016p858000'], position: null });
    expect(gone.revision >= revisions[2]!).toBe(true);
  });

  it('keeps an intensity that somebody can have felt', () => {
    const names = (mmi: number) => first(quake({ mmi })).measures.map(measure => measure.name);
    expect(names(3)).toContain('maximumMmi');
    expect(names(-1)).not.toContain('maximumMmi');
  });

  it('names what is broken, and reads the others', () => {
    const items = list(
      quake({ publicID: ' ' }),
      quake({ time: null }),
      quake({}, [null, -38]),
      quake({ magnitude: {} }),
      quake({ mmi: -1, magnitude: '2.1' }),
    );
    expect(outcomesOf(geonetQuake.read(documentOf(items)))).toEqual([
      'rejected: no publicID',
      'rejected: time "" is none',
      'rejected: no latitude and longitude',
      expect.stringMatching(/^rejected: properties\.magnitude: /),
      'Alert GeoNet:2016p858000',
    ]);
  });
});

describe('GeoNet volcanic alert levels', () => {
  const volcano = (level: unknown) => ({
    type: 'Feature',
    properties: { volcanoID: 'ruapehu', volcanoTitle: 'Ruapehu', level, activity: 'Minor volcanic unrest.' },
  });

  it('passes over quiet volcanoes, and says that a level without a time is no message', () => {
    const document = documentOf(list(volcano(0), volcano(1), volcano(6)));
    expect(geonetVolcano.recognises(document)).toBe(true);
    expect(outcomesOf(geonetVolcano.read(document))).toEqual([
      'ignored: Ruapehu: volcanic alert level 0, no unrest',
      'rejected: Ruapehu: volcanic alert level 1 of 5 (Minor volcanic unrest), but the format gives no time',
      expect.stringMatching(/^rejected: properties\.level: /),
    ]);
  });

  it.skipIf(capturesAbsent)('reads twelve volcanoes, two of them restless', () => {
    const items = geonetVolcano.read(captured('national-json/geonet-volcano.json'));
    expect(items.filter(item => item.outcome === 'ignored')).toHaveLength(10);
    expect(items.filter(item => item.outcome === 'rejected').map(item => item.id)).toEqual([
      'whiteisland',
      'ruapehu',
    ]);
  });
});

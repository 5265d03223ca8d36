import * as z from 'zod';
import type { Measure } from '../../../domain/alert.ts';
import { exposureMeasures } from './quake-values.ts';

/** What the products of an event's detail add to it. */
type UsgsProducts = {
  /** The colour of PAGER, and where in the feature it stands. */
  alertLevel: string | undefined;
  alertPlace: string;
  /** Highest intensity of the ShakeMap. */
  maximumMmi: number | undefined;
  maximumMmiPlace: string;
  /** People by intensity. */
  exposures: Measure[];
  /** Worked out as if it were real. */
  isScenario: boolean;
};

const Product = z.object({
  status: z.string().nullish(),
  properties: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  contents: z.record(z.string(), z.unknown()).nullish().catch(undefined),
});
type Product = z.infer<typeof Product>;

const Products = z.record(z.string(), z.array(z.unknown()).catch([]));

const Exposures = z.object({
  population_exposure: z.object({
    mmi: z.array(z.number()),
    aggregated_exposure: z.array(z.number().nonnegative()),
  }),
});

const Inline = z.object({ bytes: z.string().max(200_000) });

/** People by intensity, when the PAGER product carries its `exposures.json` inline; links are not followed here. */
const exposuresOf = (product: Product | undefined): Measure[] => {
  const inline = Inline.safeParse(product?.contents?.['json/exposures.json']);
  if (!inline.success) return [];
  let json: unknown;
  try {
    json = JSON.parse(inline.data.bytes);
  } catch {
    return [];
  }
  const exposures = Exposures.safeParse(json);
  if (!exposures.success) return [];
  const { mmi, aggregated_exposure: people } = exposures.data.population_exposure;
  return exposureMeasures(mmi.map((step, index) => ({ mmi: step, people: people[index] ?? 0 })));
};

const wordOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

const none: UsgsProducts = {
  alertLevel: undefined,
  alertPlace: '',
  maximumMmi: undefined,
  maximumMmiPlace: '',
  exposures: [],
  isScenario: false,
};

/** Reads `properties.products` of a detail; the first of a kind is the preferred one, deleted ones are passed over. */
export const productsOf = (value: unknown): UsgsProducts => {
  if (value === undefined || value === null) return none;
  const products = Products.safeParse(value);
  if (!products.success) return none;
  const first = (...names: string[]): { product: Product; place: string } | undefined => {
    for (const name of names)
      for (const [index, entry] of (products.data[name] ?? []).entries()) {
        const product = Product.safeParse(entry).data;
        if (product && product.status?.toUpperCase() !== 'DELETE')
          return { product, place: `properties/products/${name}[${index}]` };
      }
    return undefined;
  };
  const pager = first('losspager', 'losspager-scenario');
  const shakemap = first('shakemap', 'shakemap-scenario');
  const mmi = Number(wordOf(shakemap?.product.properties?.maxmmi));
  return {
    alertLevel: wordOf(pager?.product.properties?.alertlevel),
    alertPlace: `${pager?.place}/properties/alertlevel`,
    maximumMmi: Number.isFinite(mmi) ? mmi : undefined,
    maximumMmiPlace: `${shakemap?.place}/properties/maxmmi`,
    exposures: exposuresOf(pager?.product),
    isScenario:
      Object.keys(products.data).some(name => name.endsWith('-scenario')) ||
      wordOf(shakemap?.product.properties?.['event-type'])?.toUpperCase() === 'SCENARIO',
  };
};

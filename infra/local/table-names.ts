import type { Blueprint } from './blueprint.ts';

/** What the functions' environment calls the tables, by what they hold. */
const VARIABLES = {
  alerts: 'ALERTS_TABLE',
  experts: 'EXPERTS_TABLE',
  employers: 'EMPLOYERS_TABLE',
  stock: 'STOCK_TABLE',
  deployments: 'DEPLOYMENTS_TABLE',
} as const;

type TableNames = Record<keyof typeof VARIABLES, string>;

/** The tables' names, as the synthesised template gives them to the functions. */
export function tableNames(blueprint: Blueprint): TableNames {
  const environment: Record<string, string> = Object.assign(
    {},
    ...blueprint.functions.map(each => each.environment),
  );
  const entries = Object.entries(VARIABLES).map(([table, variable]) => {
    const name = environment[variable];
    if (!name) throw new Error(`no function knows ${variable}`);
    return [table, name];
  });
  return Object.fromEntries(entries) as TableNames;
}

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type State = {
  Type: string;
  Resource?: string;
  TimeoutSeconds?: number | string;
  Arguments?: { FunctionName: string; Payload: unknown };
  ItemProcessor?: Machine;
};
type Machine = { States: Record<string, State> };
type Row = { state: string; entry: string; person: string; timeout: string };

const readme = readFileSync('workflows/README.md', 'utf8');
const entries = readdirSync('functions', { recursive: true, encoding: 'utf8' }).map(file =>
  file.replaceAll('\\', '/'),
);

/** Every step that calls a function, also those inside a map. */
const tasksOf = ({ States }: Machine): [string, State][] =>
  Object.entries(States).flatMap(([name, state]): [string, State][] => [
    ...(state.Type === 'Task' ? [[name, state] as [string, State]] : []),
    ...(state.ItemProcessor ? tasksOf(state.ItemProcessor) : []),
  ]);

/** The rows of the table under a heading; a function is given by its link. */
const rowsOf = (workflow: string): Row[] => {
  const section = readme.split(/^## /m).find(each => each.startsWith(`${workflow}\n`)) ?? '';
  return section
    .split('\n')
    .filter(line => line.startsWith('| ') && !/^\| (state|---) \|/.test(line))
    .map(line => {
      const [state = '', link = '', person = '', timeout = ''] = line
        .slice(2, -2)
        .split(' | ')
        .map(cell => cell.trim());
      return { state, entry: /\]\(\.\.\/functions\/(.+)\)$/.exec(link)?.[1] ?? link, person, timeout };
    });
};

const inWords = (seconds: number): string => `${seconds / 3600} hour${seconds === 3600 ? '' : 's'}`;

describe.each(['triage-alert', 'deploy-team'])('the table of %s', workflow => {
  const machine = JSON.parse(readFileSync(`workflows/${workflow}.asl.json`, 'utf8')) as Machine;
  const rows = rowsOf(workflow);
  const tasks = tasksOf(machine);

  it('has a row for each step that calls a function, in the order of the file, and no other', () => {
    expect(rows.map(row => row.state)).toEqual(tasks.map(([name]) => name));
  });

  it.each(tasks)(
    '%s: names the function that the file calls and that the state is called after',
    (name, task) => {
      const row = rows.find(each => each.state === name);
      const fileName = name.toLowerCase().replaceAll(' ', '-');
      const placeholder = fileName.replaceAll(/(^|-)(\w)/g, (_all, _dash, first: string) =>
        first.toUpperCase(),
      );
      expect(task.Arguments?.FunctionName).toBe(`\${${placeholder}}`);
      expect(row?.entry).toMatch(new RegExp(`/${fileName}\\.ts$`));
      expect(entries).toContain(row?.entry);
      expect(row?.person).not.toBe('');
    },
  );

  it.each(tasks)(
    '%s: says when waiting ends and who is told, and only where somebody waits',
    (name, task) => {
      const timeout = rows.find(each => each.state === name)?.timeout;
      if (!task.Resource?.endsWith('.waitForTaskToken')) {
        expect(timeout).toMatch(/^none/);
        return;
      }
      const { TimeoutSeconds } = task;
      const end = typeof TimeoutSeconds === 'number' ? inWords(TimeoutSeconds) : 'the next deadline';
      expect(timeout?.startsWith(end), `"${timeout}" begins with "${end}"`).toBe(true);
      expect(task.Arguments?.Payload).toEqual(expect.objectContaining({ tell: expect.any(String) }));
      expect(timeout).toContain((task.Arguments?.Payload as { tell: string } | undefined)?.tell);
    },
  );
});

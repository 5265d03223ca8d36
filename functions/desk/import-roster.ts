import * as z from 'zod';
import { profileOf } from '../needs/country-profile.ts';
import { loadPolicy } from '../needs/policy.ts';
import { enrolmentsOf, planRosterImport, withChannels } from '../roster/import.ts';
import { rosterRulesOf } from '../roster/roster-cells.ts';
import { readRosterFile } from '../roster/roster-file.ts';
import { tables, topics } from '../runtime/clients.ts';
import { rawHttpEntry, requireRole } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { log } from '../runtime/log.ts';
import { createEmployerStore } from '../store/employers.ts';
import { createExpertStore } from '../store/experts.ts';
import { createPersonTopics } from '../store/person-topics.ts';
import { csvText, jsonReply, readOrRefuse } from './csv-body.ts';

const env = readEnv(z.object({ EXPERTS_TABLE: z.string(), EMPLOYERS_TABLE: z.string() }));

/** POST /api/roster: a CSV file over the roster. Good rows are written, bad ones named; `?preview=true` writes nothing. */
export const handler = rawHttpEntry(async (event, caller) => {
  requireRole(caller, ['roster-admin', 'desk']);
  const policy = loadPolicy();
  const rules = rosterRulesOf(policy, code => profileOf(code) !== null);
  const file = readOrRefuse(() => readRosterFile(csvText(event), rules));
  const expertStore = createExpertStore(tables(), env.EXPERTS_TABLE);
  const employerStore = createEmployerStore(tables(), env.EMPLOYERS_TABLE);
  const [experts, employers] = await Promise.all([expertStore.readRoster(), employerStore.readAll()]);
  const plan = planRosterImport(file.rows, { experts, employers });
  const reply = {
    accepted: plan.accepted,
    changed: plan.experts.length,
    changedEmployers: plan.employers.length,
    rejected: [...file.faults, ...plan.faults].sort((a, b) => a.line - b.line),
    ignoredColumns: file.ignoredColumns,
  };
  if (event.queryStringParameters?.preview === 'true') return jsonReply({ ...reply, preview: true });

  // Employers first: nobody is on the roster whose employer is not.
  await employerStore.saveMany(plan.employers);
  await expertStore.saveMany(plan.experts);
  const enrolled = await createPersonTopics(topics(), policy.desk.name.en).enrolAll(enrolmentsOf(plan));
  const confirmed = withChannels(plan, enrolled.channels);
  await employerStore.saveMany(confirmed.employers);
  await expertStore.saveMany(confirmed.experts);
  const emails = { asked: enrolled.channels.size, left: enrolled.left };
  const failures = enrolled.failures.join(' ') || null;
  log.info('roster imported', { ...emails, accepted: reply.accepted, changed: reply.changed, failures });
  return jsonReply({ ...reply, emails });
});

import { beforeAll, expect, test, vi } from 'vitest';
import { refuseAgreement } from '#lib/server/agreement/refuse-agreement.ts';
import type { Owner } from '#lib/server/application/draft.ts';
import { now, today } from '#lib/server/clock.ts';
import m from '../../src/lib/messages/zh-CN.json' with { type: 'json' };
import { load } from '../../src/routes/(cardholder)/application/+page.server.ts';
import { timelineOf } from '../../src/routes/(cardholder)/application/timeline.ts';
import { holdClock, useEnv } from '../support/access.ts';
import { useDatabase } from '../support/database.ts';
import { makeOffered, makeSignedAgreement, readOffered } from '../support/offered-agreement.ts';

const database = useDatabase();

beforeAll(() => useEnv());

/** The last step that the application's page shows. */
async function lastStep({ cardholderId, accountId }: Owner) {
	const locals = { db: database.db, cardholder: { id: cardholderId, accountId, sessionId: 's' } };
	const data = await load({ locals, url: new URL('http://127.0.0.1/application') } as never);
	if (data?.view !== 'sent') throw new Error('an application that was sent');
	return timelineOf(data.application, data as Parameters<typeof timelineOf>[1]).at(-1);
}

test('an approved application leads to its agreement until that is signed, refused or too late to sign', async () => {
	const { db } = database;
	const signed = await makeSignedAgreement(db);
	expect(await lastStep(signed)).toMatchObject({ title: m.application_step_signed, state: 'done' });

	const owner = await makeOffered(db);
	const { form } = await readOffered(db, owner);
	expect(await lastStep(owner)).toMatchObject({ title: m.application_step_sign, state: 'now' });
	await refuseAgreement(db, { owner, agreementId: form.agreementId, today: today(), at: now() });
	expect(await lastStep(owner)).toMatchObject({ title: m.agreement_refused_title, state: 'ended' });

	const late = await makeOffered(db);
	const { agreement } = await readOffered(db, late);
	holdClock(agreement.signBy);
	expect(await lastStep(late)).toMatchObject({ title: m.agreement_expired_title, state: 'ended' });
	vi.useRealTimers();
});

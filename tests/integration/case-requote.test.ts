import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { requote } from '#lib/server/review/requote.ts';
import { actions } from '../../src/routes/(staff)/desk/[id]/+page.server.ts';
import { holdClock, useEnv } from '../support/access.ts';
import { offerOrder } from '../support/counter-offer.ts';
import { type Viewed, viewedCase } from '../support/case-view.ts';
import { useDatabase } from '../support/database.ts';
import { makeStaff } from '../support/staff.ts';
import { AT, post, TODAY } from '../support/trip.ts';

const database = useDatabase();
const LATER = '2026-11-25';

beforeEach(() => {
	holdClock(AT);
	useEnv({ PORTAL_TODAY: TODAY });
});
afterEach(async () => {
	vi.useRealTimers();
	await database.db.updateTable('review').set({ closed_at: AT }).where('closed_at', 'is', null).execute();
});

/** Whatever an application has of quotes, offers and decisions, and where it stands. */
async function written({ applicationId }: Viewed) {
	const { db } = database;
	const { status } = await db
		.selectFrom('application')
		.select('status')
		.where('id', '=', applicationId)
		.executeTakeFirstOrThrow();
	const count = async (table: 'quote' | 'counter_offer' | 'decision') =>
		(await db.selectFrom(table).select('id').where('application_id', '=', applicationId).execute()).length;
	return {
		status,
		quotes: await count('quote'),
		offers: await count('counter_offer'),
		decisions: await count('decision'),
	};
}

test('on the day of the quote nothing has accrued; five days later it is the daily interest of five days', async () => {
	const viewed = await viewedCase(database.db);
	expect((await viewed.look()).since).toMatchObject({ change: 0, accrued: 0, posted: 0 });
	useEnv({ PORTAL_TODAY: LATER });
	// (10,000.00 + 235.00 + 151.25) × 0.05% × 5 days, rounded once on either day.
	expect((await viewed.look()).since).toEqual({
		asOf: TODAY,
		today: LATER,
		change: 2_596,
		accrued: 2_596,
		posted: 0,
		joins: 2_596,
	});
});

test('a payment since makes it less, and says apart what accrued', async () => {
	const viewed = await viewedCase(database.db);
	await post(database.db, viewed, '2026-11-21', 'payment', 50_000);
	useEnv({ PORTAL_TODAY: LATER });
	const { since, debt } = await viewed.look();
	expect(since).toMatchObject({ posted: -50_000, joins: 0 });
	expect(since?.change).toBe((since?.accrued ?? 0) - 50_000);
	expect(since?.change).toBe((debt.today?.totalOutstanding ?? 0) - (debt.quoted?.totalOutstanding ?? 0));
});

test('quoted again it is the same plan on today’s figures, and nothing is written', async () => {
	const viewed = await viewedCase(database.db);
	useEnv({ PORTAL_TODAY: LATER });
	const before = await written(viewed);
	const made = await viewed.as(() => requote(database.db, viewed));
	if (!made.ok) throw new Error(made.refusal);
	const { asked, offer } = made;
	expect(offer.plan).toMatchObject({
		productCode: asked.plan.productCode,
		instalments: asked.plan.instalments,
		firstDueDate: asked.plan.firstDueDate,
		asOf: LATER,
	});
	expect(offer.plan.totalOutstanding - asked.plan.totalOutstanding).toBe(2_596);
	expect(offer.plan.principal).toBeGreaterThan(asked.plan.principal);
	expect(await written(viewed)).toEqual(before);
	expect(before).toEqual({ status: 'in_review', quotes: 1, offers: 0, decisions: 0 });
	const order = await offerOrder(database.db, viewed, made.pick);
	expect(order.offer?.termsHash).toBe(offer.termsHash);
	expect(await decideApplication(database.db, order)).toMatchObject({ ok: true, step: 'decided' });
	expect(await written(viewed)).toEqual({ status: 'counter_offered', quotes: 2, offers: 1, decisions: 1 });
});

test('a first day that has passed gives way to the account’s ordinary one', async () => {
	const viewed = await viewedCase(database.db);
	const { application } = await viewed.look();
	const first = application.quote?.plan.firstDueDate ?? '';
	useEnv({ PORTAL_TODAY: first });
	const made = await viewed.as(() => requote(database.db, viewed));
	expect(made.ok && made.pick.firstDueDate).toBeNull();
	expect(made.ok && made.offer.plan.firstDueDate > first).toBe(true);
	expect((await viewed.look()).rules?.filter(({ met }) => !met).map(({ rule }) => rule)).toContain('first_due');
});

test('the key fills a counter-offer in for whoever holds the case, and shows no figure to anybody else', async () => {
	const viewed = await viewedCase(database.db);
	useEnv({ PORTAL_TODAY: LATER });
	const { seen } = await viewed.look();
	const press = async (staffId: string) => {
		const body = new FormData();
		const fields = {
			fence: viewed.fence,
			version: seen.version,
			postingMark: seen.postingMark,
			evidence: '',
			note: 'Kept.',
		};
		for (const [name, value] of Object.entries(fields)) body.set(name, String(value));
		const event = {
			locals: { db: database.db, staff: { id: staffId, role: 'agent' } },
			params: { id: viewed.applicationId },
			request: new Request('https://bank.example/', { method: 'POST', body }),
		};
		return (await actions.requote?.(event as never)) as unknown as Record<string, unknown>;
	};
	const filled = await press(viewed.staffId);
	expect(filled).toMatchObject({
		step: 'fill',
		fields: {
			outcome: 'counter_offered',
			note: 'Kept.',
			offer_product: 'personal-instalments/1',
			offer_instalments: '12',
		},
	});
	expect(filled).toHaveProperty('requoted.offer.plan.asOf', LATER);
	const refused = await press(await makeStaff(database.db, 'passer-by'));
	expect(refused).toMatchObject({ status: 409 });
	expect(JSON.stringify(refused)).not.toContain('requoted');
	expect(await written(viewed)).toMatchObject({ status: 'in_review', offers: 0, decisions: 0 });
});

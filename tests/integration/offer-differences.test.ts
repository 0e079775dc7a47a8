import { beforeAll, expect, test } from 'vitest';
import { formatAmount, currencyOf } from '#lib/domain/money.ts';
import type { PlanFigures } from '#lib/domain/plan/plan-figures.ts';
import { findWholeApplication } from '#lib/server/application/read-application.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { previewOffer } from '#lib/server/review/preview-offer.ts';
import { type Held, inHand } from '../support/case-in-hand.ts';
import { LONGER, offerOrder, waitingOffer } from '../support/counter-offer.ts';
import { useDatabase } from '../support/database.ts';
import { usePages } from '../support/render-page.ts';
import type { OfferPick } from '#lib/server/offer/work-out-offer.ts';

const database = useDatabase();
const pages = usePages();

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

async function preview(held: Held, pick: OfferPick): Promise<PlanFigures> {
	const { applicationId, accountId } = held;
	const made = await previewOffer(database.db, { applicationId, accountId, pick });
	if (!made.ok) throw new Error(made.refusal);
	return made.offer.plan;
}

test('an offer is worked out by the cardholder’s own calculator: what they asked for comes out the same to the fen', async () => {
	const held = await inHand(database.db);
	const asked = (await findWholeApplication(database.db, held))?.quote?.plan;
	if (!asked) throw new Error('no plan was asked for');
	const { productCode, productVersion, instalments, deferralMonths, firstDueDate } = asked;
	const choice = { instalments, deferralMonths };
	expect(await preview(held, { productCode, productVersion, choice, firstDueDate })).toEqual(asked);
});

test('what is offered stands beside what was asked for, line by line, and is the plan that the cardholder is then shown', async () => {
	const held = await inHand(database.db);
	const application = await findWholeApplication(database.db, held);
	const before = application?.quote;
	const after = await preview(held, LONGER);
	const order = await offerOrder(database.db, { ...held, fence: held.order.fence });
	expect(await decideApplication(database.db, order)).toMatchObject({ ok: true });
	const waiting = await waitingOffer(database.db, held);
	expect(waiting.quote.plan).toEqual(after);
	if (!before) throw new Error('no plan was asked for');
	const props = {
		before: { plan: before.plan, names: before.names },
		after: { plan: waiting.quote.plan, names: waiting.quote.names },
		heads: { before: 'Asked', after: 'Offered' },
		caption: 'Both',
	};
	const rows = rowsOf(await pages.render('/src/lib/components/PlanComparison.svelte', props, 'en'));
	const currency = currencyOf(after.currency);
	const money = (amount: number) =>
		Number(formatAmount(amount, currency)).toLocaleString('en', { minimumFractionDigits: 2 });
	expect(rows.get('Most in a month')).toEqual([
		`¥${money(before.plan.highestInstalment)}`,
		`¥${money(after.highestInstalment)} (differs)`,
	]);
	expect(rows.get('Instalments')).toEqual(['12', '24 (differs)']);
	expect(rows.get('Interest in all')).toEqual([
		`¥${money(before.plan.totalInterest)}`,
		`¥${money(after.totalInterest)} (differs)`,
	]);
	expect(rows.get('Annual rate, simple')?.[0]).toBe(`${before.plan.annualRateSimple}%`);
	expect(rows.get('Annual rate, simple')?.[1]).toContain(`${after.annualRateSimple}%`);
	const [askedLast, offeredLast = ''] = rows.get('Last date') ?? [];
	expect(askedLast).toMatch(/^\d+ \w+ \d{4}$/);
	expect(offeredLast).toMatch(/^\d+ \w+ \d{4} \(differs\)$/);
	expect(Number(offeredLast.slice(-14, -10)) - Number(askedLast?.slice(-4))).toBe(1);
	expect(rows.get('Debt included')?.[1]).not.toContain('differs');
});

/** The rows of a table by their heads, as they are read: without markup. */
function rowsOf(html: string): Map<string, string[]> {
	const text = (part: string) =>
		part
			.replaceAll(/<!--.*?-->/g, '')
			.replaceAll(/<[^>]+>/g, '')
			.replaceAll(/\s+/g, ' ')
			.trim();
	const rows = [...html.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = '']) => {
		const [head = '', ...cells] = [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => text(cell));
		return [head, cells] as const;
	});
	return new Map(rows);
}

import { afterAll, beforeAll, expect, test } from 'vitest';
import { withdrawApplication } from '#lib/server/application/withdraw-application.ts';
import { now, today } from '#lib/server/clock.ts';
import { folderStorage } from '#lib/server/evidence/storage.ts';
import { withdrawConsentOf } from '#lib/server/evidence/withdraw-sensitive-consent.ts';
import { words } from '../e2e/words.ts';
import { useEnv } from '../support/access.ts';
import { type Held, inHand, tracesOf } from '../support/case-in-hand.ts';
import { addPage } from '../support/case-page.ts';
import { offerOrder } from '../support/counter-offer.ts';
import { decisionForm, deskOf, markupOf, textOf } from '../support/desk-visitor.ts';
import { type Portal, startPortal } from '../support/portal.ts';

const LOCALES = ['zh-CN', 'en'] as const;
const TYPED = '王先生，您的住院结算单我们看过了。';
const NOTE = 'Only two wages are shown; the third is still to come.';

let portal: Portal;

beforeAll(async () => {
	portal = await startPortal(process.env['TEST_TEMPLATE_DATABASE_URL'] ?? '');
	useEnv({ SECRET_KEY: portal.secretKey, ORIGIN: portal.origin });
});
afterAll(() => portal.stop());

const caseOf = ({ applicationId }: Held) => `/desk/${applicationId}`;
const approval = ({ order }: Held) => decisionForm({ ...order, words: TYPED, note: NOTE });

/** What the cardholder or the core does while the page is open, and what the agent is told. */
const MEANWHILE: Readonly<Record<string, { does: (held: Held) => Promise<unknown>; told: string }>> = {
	'takes the application back': {
		does: ({ cardholderId, accountId, applicationId }) =>
			withdrawApplication(portal.db, { owner: { cardholderId, accountId }, applicationId, at: now() }),
		told: 'desk_lost_withdrawn',
	},
	'takes the consent for papers back': {
		does: ({ cardholderId, applicationId }) =>
			withdrawConsentOf(portal.db, { cardholderId, applicationId, at: now(), storage: folderStorage(portal.storage) }),
		told: 'desk_changed_evidence',
	},
	'sends another page': {
		does: (held) => addPage(portal.db, held),
		told: 'desk_changed_evidence',
	},
	pays: {
		does: ({ accountId }) =>
			portal.db
				.insertInto('posting')
				.values({ account_id: accountId, id: 'paid', posted_on: today(), kind: 'payment', amount: 50_000 })
				.execute(),
		told: 'desk_changed_figures',
	},
};

test.each(LOCALES.flatMap((locale) => Object.entries(MEANWHILE).map(([how, it]) => [how, locale, it] as const)))(
	'the cardholder %s while the page is open: nothing is decided, and the page says what changed (%s)',
	async (_, locale, { does, told }) => {
		const held = await inHand(portal.db);
		const page = await addPage(portal.db, held, { kind: 'hospital_certificate' });
		await portal.db
			.updateTable('application')
			.set({ sensitive_consent_at: now() })
			.where('id', '=', held.applicationId)
			.execute();
		const { version } = await portal.db
			.selectFrom('application')
			.select('version')
			.where('id', '=', held.applicationId)
			.executeTakeFirstOrThrow();
		const seen = { ...held.order.seen, version, evidence: [page] };
		const it = { ...held, order: { ...held.order, seen } };
		const desk = await deskOf(portal, held.staffId, locale);
		await does(it);
		const answer = await desk.post(`${caseOf(it)}?/decide`, approval(it));
		expect(answer.status).toBe(409);
		expect(textOf(answer.body)).toContain(words(locale)(told));
		expect(markupOf(answer.body)).toContain(TYPED);
		expect(markupOf(answer.body)).toContain(NOTE);
		expect((await tracesOf(portal.db, held)).outcomes).toEqual([]);
	},
);

test.each(LOCALES)(
	'a plan that is not offered any more is approved on the terms applied for, with a word about it, and not offered anew (%s)',
	async (locale) => {
		const w = words(locale);
		const held = await inHand(portal.db);
		const order = await offerOrder(portal.db, { ...held, fence: held.order.fence });
		const desk = await deskOf(portal, held.staffId, locale);
		const standing = await desk.post(`${caseOf(held)}?/propose`, approval(held));
		expect(textOf(standing.body)).not.toContain(w('desk_confirm_not_offered'));
		const retire = (at: Date | null) =>
			portal.db.updateTable('product').set({ retired_at: at }).where('code', '=', 'personal-instalments').execute();
		await retire(now());
		try {
			const refused = await desk.post(`${caseOf(held)}?/decide`, decisionForm({ ...order, words: TYPED, note: NOTE }));
			expect(textOf(refused.body)).toContain(w('desk_refused_offer_not_offered'));
			expect(markupOf(refused.body)).toContain(TYPED);
			const confirm = await desk.post(`${caseOf(held)}?/propose`, approval(held));
			expect(textOf(confirm.body)).toContain(w('desk_confirm_not_offered'));
			expect((await desk.post(`${caseOf(held)}?/decide`, approval(held))).status).toBe(303);
		} finally {
			await retire(null);
		}
		const { product_version: version } = await portal.db
			.selectFrom('agreement as g')
			.innerJoin('quote as q', 'q.id', 'g.quote_id')
			.select('q.product_version')
			.where('g.application_id', '=', held.applicationId)
			.executeTakeFirstOrThrow();
		expect(version).toBe(1);
	},
);

test.each(LOCALES)('before an approval stands what of its product the plan does not meet (%s)', async (locale) => {
	const w = words(locale);
	const held = await inHand(portal.db);
	const desk = await deskOf(portal, held.staffId, locale);
	const propose = async () => textOf((await desk.post(`${caseOf(held)}?/propose`, approval(held))).body);
	expect(await propose()).not.toContain(w('exception_reason_hint'));
	// With what was late paid, nothing is past due.
	await portal.db
		.insertInto('posting')
		.values({ account_id: held.accountId, id: 'late', posted_on: today(), kind: 'payment', amount: 124_822 })
		.execute();
	expect(await propose()).toContain(w('exception_reason_hint'));
});

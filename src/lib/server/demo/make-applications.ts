import { readFile } from 'node:fs/promises';
import { marksOf } from '#lib/domain/review/checklist.ts';
import { addDays, type Day, dayIn, daysBetween } from '#lib/domain/day.ts';
import { choosePlan } from '#lib/server/application/choose-plan.ts';
import { findCurrentApplication, type Owner } from '#lib/server/application/draft.ts';
import { saveHardship } from '#lib/server/application/save-hardship.ts';
import { submitApplication } from '#lib/server/application/submit-application.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { DEMO_APPLICATIONS, type DemoApplication, type Paper } from '#lib/server/demo/demo-applications.ts';
import type { DemoStaff } from '#lib/server/demo/demo-staff.ts';
import type { DemoCustomer } from '#lib/server/demo/write-book.ts';
import { withConfirmedSession } from '#lib/server/demo/confirmed-session.ts';
import { env } from '#lib/server/env.ts';
import { attachDocuments } from '#lib/server/evidence/attach-documents.ts';
import { prepareEvidence } from '#lib/server/evidence/prepare-evidence.ts';
import { listOfferedProducts } from '#lib/server/plan/read-products.ts';
import { findCaseAccess } from '#lib/server/review/case-access.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { getCase } from '#lib/server/review/read-case.ts';

interface Making {
	readonly customers: readonly DemoCustomer[];
	readonly staff: readonly DemoStaff[];
	readonly today: Day;
}

/** Fills the desk, each application by the deeds of the people in it: what they could not do, the demo cannot either. */
export async function makeApplications(db: Db, making: Making): Promise<void> {
	for (const application of DEMO_APPLICATIONS) await makeApplication(db, application, making);
}

/** One application, sent at its hour and reviewed as far as it says. */
export async function makeApplication(
	db: Db,
	application: DemoApplication,
	{ customers, staff, today }: Making,
): Promise<void> {
	const customer = customers.find(({ name }) => name === application.applicant);
	const accountId = customer?.accounts[application.account]?.accountId;
	if (!customer || accountId === undefined) throw new Error(`${application.applicant} is not in the cast`);
	const owner = { cardholderId: customer.customerId, accountId };
	const at = new Date(now().getTime() - application.hoursAgo * 3_600_000);
	await apply(db, application, { owner, at, today: dayThen(at, today), locale: customer.locale });
	await review(db, application, staff);
}

/** The business day at an instant, where today may be a day of the test's own. */
function dayThen(at: Date, today: Day): Day {
	const { bankTimeZone } = env();
	return addDays(today, daysBetween(dayIn(now(), bankTimeZone), dayIn(at, bankTimeZone)));
}

interface Applying {
	readonly owner: Owner;
	readonly at: Date;
	readonly today: Day;
	readonly locale: string;
}

async function apply(db: Db, application: DemoApplication, { owner, at, today, locale }: Applying): Promise<void> {
	const { reason, circumstances, budget, papers, plan } = application;
	expectOk(await saveHardship(db, { owner, form: { reason, circumstances, budget }, locale, at }));
	for (const paper of papers) await attach(db, { owner, source: await formOf(paper), at });
	if (!plan) return;
	const product = (await listOfferedProducts(db)).find(({ code }) => code === plan.product);
	const pick = { productCode: plan.product, productVersion: product?.version ?? 0, choice: plan.choice };
	expectOk(await choosePlan(db, { owner, pick, today, at }));
	const draft = await findCurrentApplication(db, owner);
	const form = { applicationId: draft?.id ?? '', version: draft?.version ?? 0, consent: true };
	expectOk(await submitApplication(db, { owner, form, today, at }));
}

/** Sends a paper, and looks into it at once: the demo does not wait for the jobs. */
async function attach(db: Db, request: Parameters<typeof attachDocuments>[1]): Promise<void> {
	const outcome = await attachDocuments(db, request);
	expectOk(outcome);
	for (const id of outcome.ok ? outcome.attached : []) await prepareEvidence(db, id);
}

/** A paper as a browser would send it. */
async function formOf({ kind, file, name }: Paper) {
	const form = new FormData();
	form.set('kind', kind);
	form.set('sensitive_consent', 'on');
	form.set('file', new Blob([await readFile(new URL(`papers/${file}`, import.meta.url))]), name);
	const { body, headers } = new Response(form);
	return { body, contentType: headers.get('content-type') };
}

async function review(db: Db, { taken }: DemoApplication, staff: readonly DemoStaff[]): Promise<void> {
	if (!taken) return;
	const { staffId = '', role = 'agent' } = staff.find(({ login }) => login === taken.by) ?? {};
	const claim = await claimNext(db, { staffId });
	if (!claim) throw new Error('nothing of the demo waits for review');
	if (!taken.decision) return;
	const { applicationId, fence } = claim;
	const access = await findCaseAccess(db, { applicationId, staff: { id: staffId, role } });
	if (!access) throw new Error('whoever took an application sees it');
	const { seen, checks } = await getCase(db, access, staffId);
	const ticked = { checked: checks.map(({ code }) => code), checksSeen: marksOf(checks) };
	const order = { applicationId, staffId, fence, ...ticked, seen, ...taken.decision };
	await withConfirmedSession(db, staffId, async (sessionId) =>
		expectOk(await decideApplication(db, { ...order, sessionId })),
	);
}

/** Throws where a deed of the demo was refused. */
export function expectOk(outcome: { readonly ok: boolean }): void {
	if (!outcome.ok) throw new Error(`a deed of the demo was refused: ${JSON.stringify(outcome)}`);
}

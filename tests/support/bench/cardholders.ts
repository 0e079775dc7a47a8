import { createAccessLink } from '#lib/server/access/create-access-link.ts';
import { choosePlan } from '#lib/server/application/choose-plan.ts';
import type { Owner } from '#lib/server/application/draft.ts';
import { saveHardship } from '#lib/server/application/save-hardship.ts';
import { now, today } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { createCardholderSession } from '#lib/server/session/start-session.ts';
import { makeOffered, makeSignedAgreement } from '../offered-agreement.ts';
import { makeOverdueAccount, makeSubmittedApplication } from '../submitted-application.ts';

/** Somebody at some point of the trip: the cookies of their browser, and the pages that they have there. */
export interface Visitor {
	readonly cookies: Readonly<Record<string, string>>;
	readonly paths: readonly string[];
}

/** Somebody at each point of the trip, so that every page of a cardholder's is there once. */
export async function visitorsOf(db: Db, origin: string): Promise<{ all: Visitor[]; draft: Visitor }> {
	const account = async (n: number) => ownerOf(await makeOverdueAccount(db, n));
	const session = async (owner: Owner) => ({ session: (await createCardholderSession(db, owner)).token });
	const reminded = await account(900);
	const fresh = await account(901);
	const drafting = await account(902);
	await makeDraft(db, drafting);
	const sent = ownerOf(await makeSubmittedApplication(db, 903));
	const offered = ownerOf(await makeOffered(db));
	const signed = ownerOf(await makeSignedAgreement(db));
	const draft = {
		cookies: await session(drafting),
		paths: ['/hardship', '/documents', '/documents/kept', '/plans', '/check'],
	};
	const all: Visitor[] = [
		{ cookies: await openLink(db, origin, reminded.accountId), paths: ['/l', '/sign-in', '/', '/help', '/offline'] },
		{ cookies: await session(fresh), paths: ['/debt', '/debt/why', '/debt/ahead', '/debt/pay', '/security'] },
		draft,
		{ cookies: await session(sent), paths: ['/application'] },
		{ cookies: await session(offered), paths: ['/agreement'] },
		{ cookies: await session(signed), paths: ['/agreement', '/agreement/calendar'] },
	];
	return { all, draft };
}

function ownerOf({ cardholderId, accountId }: Owner): Owner {
	return { cardholderId, accountId };
}

async function makeDraft(db: Db, owner: Owner): Promise<void> {
	const budget = { wages: '6000', housing: '1800', food: '1500' };
	const form = { reason: 'unemployment', circumstances: '厂里停工。', budget };
	const saved = await saveHardship(db, { owner, form, locale: 'zh-CN', at: now() });
	if (!saved.ok) throw new Error(saved.refusal);
	const choice = { instalments: 12, deferralMonths: 0 };
	const pick = { productCode: 'personal-instalments', productVersion: 1, choice };
	const chosen = await choosePlan(db, { owner, pick, today: today(), at: now() });
	if (!chosen.ok) throw new Error(chosen.refusal);
}

/** The cookies that a browser has once its link was opened. */
async function openLink(db: Db, origin: string, accountId: string): Promise<Record<string, string>> {
	const actor = { kind: 'command', id: null } as const;
	const { url } = await db
		.transaction()
		.execute((trx) => createAccessLink(trx, { accountId, actor, template: 'reminder' }));
	const answer = await fetch(new URL(new URL(url).pathname, origin), { redirect: 'manual' });
	const lines = answer.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '');
	return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
}

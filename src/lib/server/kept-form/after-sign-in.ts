import type { Cookies } from '@sveltejs/kit';
import { homeOf, mayEnter } from '#lib/domain/access/permission.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { keptBrowserHash, takeWanted } from '#lib/server/kept-form/kept-cookie.ts';
import { deleteKeptOfOthers, listKeptRows } from '#lib/server/kept-form/kept-form.repository.ts';
import { chooseAccount } from '#lib/server/session/choose-account.ts';
import { readCardholderSession, readStaffSession } from '#lib/server/session/read-session.ts';

/** A session that has just begun, by the token that its cookie gets. */
export interface SignedIn {
	readonly token: string;
	readonly cookies: Cookies;
}

/**
 * The page on which a cardholder goes on after signing in: what was kept for them, else the page that they asked for, else
 * their debt. What somebody else left in this browser is thrown away.
 */
export async function afterSignIn(db: Db, { token, cookies }: SignedIn): Promise<string> {
	const wanted = takeWanted(cookies);
	const session = await readCardholderSession(db, token, { peek: true });
	if (!session) return '/debt';
	const [newest] = await takeStock(db, cookies, { kind: 'cardholder', ownerId: session.id });
	if (!newest) return wanted && !wanted.startsWith('/staff') ? wanted : '/debt';
	// A form is about the account that was looked at then.
	if (newest.accountId !== null) {
		const { id: cardholderId, sessionId } = session;
		await chooseAccount(db, { sessionId, cardholderId, accountId: newest.accountId });
	}
	return '/resume';
}

/** The same for staff: else the page that they asked for, where their role opens it, else where their day starts. */
export async function afterStaffSignIn(db: Db, { token, cookies }: SignedIn): Promise<string> {
	const wanted = takeWanted(cookies);
	const session = await readStaffSession(db, token, { peek: true });
	if (!session) return '/staff/sign-in';
	const [newest] = await takeStock(db, cookies, { kind: 'staff', ownerId: session.id });
	if (newest) return '/staff/resume';
	return wanted && mayEnter(session.role, wanted.split('/')[1] ?? '') ? wanted : homeOf(session.role);
}

/** What is kept for this person here, after what others left is gone. */
async function takeStock(db: Db, cookies: Cookies, owner: { kind: 'cardholder' | 'staff'; ownerId: string }) {
	const browserHash = keptBrowserHash(cookies);
	if (!browserHash) return [];
	await deleteKeptOfOthers(db, { ...owner, browserHash });
	return listKeptRows(db, { ...owner, browserHash }, now());
}

import { redirect } from '@sveltejs/kit';
import { listAccountsOf } from '#lib/server/account/account-state.ts';
import type { Owner } from '#lib/server/application/draft.ts';

/** The signed-in cardholder with the account they look at. Who has several and chose none yet is sent to choose one. */
export async function ownerOf({ db, cardholder }: App.Locals): Promise<Owner> {
	if (!cardholder) redirect(303, '/sign-in');
	const { id: cardholderId, accountId } = cardholder;
	if (accountId !== null) return { cardholderId, accountId };
	const [only, another] = await listAccountsOf(db, cardholderId);
	if (!only || another) redirect(303, '/debt');
	return { cardholderId, accountId: only.accountId };
}

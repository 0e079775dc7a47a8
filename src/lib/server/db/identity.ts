import { AsyncLocalStorage } from 'node:async_hooks';
import type { StaffRole } from '#lib/domain/access/permission.ts';

/**
 * For whom the database is asked. `system`: our own jobs, commands and measures. `door`: nobody is signed in yet, or who it is
 * is just being found out. Else the person: a cardholder by their id, staff by what they are and who.
 */
export type Identity =
	'system' | 'door' | { readonly cardholder: string } | { readonly staff: StaffRole; readonly staffId: string };

const current = new AsyncLocalStorage<Identity>();

/**
 * Runs something as somebody: every connection that it or what it starts takes from a pool asks in that name, and the
 * database's row-level security shows that person's rows alone. A transaction keeps the name that it began with.
 */
export function runAs<T>(identity: Identity, run: () => T): T {
	return current.run(identity, run);
}

/** As whom this code runs; undefined where nobody has said so, and then the database shows no person's row. */
export function currentIdentity(): Identity | undefined {
	return current.getStore();
}

/** The identity as the database's setting `portal.identity` holds it; the policies read it there. */
export function identityText(identity: Identity | undefined): string {
	if (identity === undefined) return '';
	if (typeof identity === 'string') return identity;
	return 'staff' in identity ? `${identity.staff}:${identity.staffId}` : `cardholder:${identity.cardholder}`;
}

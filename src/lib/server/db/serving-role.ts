import { sql } from 'kysely';
import { connect, type Db } from '#lib/server/db/connect.ts';

/** The name of the role that an address signs in with, as the database itself tells it. */
export async function readServingRole(connectionString: string): Promise<string> {
	const db = connect({ connectionString, max: 1 });
	try {
		const { rows } = await sql<{ role: string }>`select current_user as role`.execute(db);
		return rows[0]?.role ?? '';
	} finally {
		await db.destroy();
	}
}

/** Whether row-level security binds the role that asks; it does not bind a table's owner, nor who may pass it by. */
export async function isBoundByPolicies(db: Db): Promise<boolean> {
	const { rows } = await sql<{ bound: boolean }>`
		select not (role.rolsuper or role.rolbypassrls) and not pg_has_role(role.oid, owned.relowner, 'usage') as bound
		from pg_roles role, pg_class owned
		where role.rolname = current_user and owned.oid = 'account'::regclass`.execute(db);
	return rows[0]?.bound === true;
}

import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Who } from '#lib/domain/access/permission.ts';
import { DATABASE_FILE, runFolder } from './run-folder.ts';

/** Somebody who knocks at every door: the cookies that they send, and what they are where those are good. */
export interface Visitor {
	readonly name: string;
	readonly cookies: Readonly<Record<string, string>>;
	readonly signedIn: readonly Who[];
}

/** What the addresses are filled with: all of one cardholder, so that everybody asks for the same person's things. */
export interface Marked {
	readonly evidenceId: string;
	readonly applicationId: string;
	readonly cardholderId: string;
	/** Words by which an answer about that person is known. */
	readonly canaries: readonly string[];
}

/** Runs on the server's own database, as the owner of its tables. */
export async function onDatabase<T>(run: (client: pg.Client) => Promise<T>): Promise<T> {
	const client = new pg.Client({ connectionString: readFileSync(join(runFolder(), DATABASE_FILE), 'utf8') });
	await client.connect();
	return run(client).finally(() => client.end());
}

/** A cardholder of the demo with everything that one can have, known by what no word of the pages holds. */
export async function findMarked(client: pg.Client): Promise<Marked & { accountId: string; otherId: string }> {
	const { rows } = await client.query<Record<string, string>>(`
		select c.id, c.name, c.phone, a.id as account, p.id as application, p.reference, e.id as evidence,
			(select x.cardholder_id from agreement x where x.cardholder_id <> c.id order by 1 limit 1) as other
		from cardholder c join account a on a.cardholder_id = c.id join application p on p.account_id = a.id
		join evidence e on e.application_id = p.id and e.removed_at is null
		where p.status in ('approved', 'declined') order by c.id limit 1`);
	const [row] = rows;
	if (!row) throw new Error('the demo has nobody with everything');
	return {
		evidenceId: row.evidence ?? '',
		applicationId: row.application ?? '',
		cardholderId: row.id ?? '',
		accountId: row.account ?? '',
		otherId: row.other ?? '',
		canaries: [row.name ?? '', row.phone ?? '', row.reference ?? '', row.evidence ?? ''],
	};
}

/** Every kind of visitor, with sessions of their own in the database. */
export async function makeVisitors(
	client: pg.Client,
	{ cardholderId, accountId, otherId }: { cardholderId: string; accountId: string; otherId: string },
): Promise<Visitor[]> {
	const cardholder = async (id: string, account: string | null, ends = '1 hour') => {
		const token = randomBytes(32).toString('base64url');
		await client.query(
			`insert into cardholder_session (id, cardholder_id, account_id, expires_at) values ($1, $2, $3, now() + $4::interval)`,
			[sha256(token), id, account, ends],
		);
		return { session: token };
	};
	const staff = async (role: string, ends = '1 hour', isDisabled = false) => {
		const login = `visitor-${role}-${randomBytes(4).toString('hex')}`;
		const token = randomBytes(32).toString('base64url');
		await client.query(
			`with somebody as (insert into staff (login, name, role, disabled_at)
				values ($1, $1, $2, case when $3 then now() end) returning id)
			insert into staff_session (id, staff_id, expires_at) select $4, id, now() + $5::interval from somebody`,
			[login, role, isDisabled, sha256(token), ends],
		);
		return { 'staff-session': token };
	};
	const tampered = ({ session, 'staff-session': desk }: Record<string, string>) => ({
		session: flip(session ?? ''),
		'staff-session': flip(desk ?? ''),
	});
	return [
		{ name: 'nobody', cookies: {}, signedIn: [] },
		{ name: 'the cardholder', cookies: await cardholder(cardholderId, accountId), signedIn: ['cardholder'] },
		{ name: 'another cardholder', cookies: await cardholder(otherId, null), signedIn: ['cardholder'] },
		{
			name: 'another cardholder with this account',
			cookies: await cardholder(otherId, accountId),
			signedIn: ['cardholder'],
		},
		{ name: 'an agent without the case', cookies: await staff('agent'), signedIn: ['agent'] },
		{ name: 'a supervisor', cookies: await staff('supervisor'), signedIn: ['supervisor'] },
		{ name: 'support', cookies: await staff('support'), signedIn: ['support'] },
		{ name: 'an admin', cookies: await staff('admin'), signedIn: ['admin'] },
		{ name: 'an ended session', cookies: await cardholder(cardholderId, accountId, '-1 minute'), signedIn: [] },
		{ name: 'an ended staff session', cookies: await staff('admin', '-1 minute'), signedIn: [] },
		{ name: 'disabled staff', cookies: await staff('admin', '1 hour', true), signedIn: [] },
		{
			name: 'a tampered cookie',
			cookies: tampered({ ...(await cardholder(cardholderId, accountId)), ...(await staff('admin')) }),
			signedIn: [],
		},
		{
			name: 'one kind of cookie in the other’s place',
			cookies: {
				session: (await staff('admin'))['staff-session'],
				'staff-session': (await cardholder(cardholderId, accountId)).session,
			},
			signedIn: [],
		},
	];
}

function sha256(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}

function flip(token: string): string {
	return `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`;
}

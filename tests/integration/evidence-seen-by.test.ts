import { isHttpError } from '@sveltejs/kit';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { judge, ROUTES } from '#lib/domain/access/route-permission.ts';
import { dayIn } from '#lib/domain/day.ts';
import { now } from '#lib/server/clock.ts';
import { type Identity, runAs } from '#lib/server/db/identity.ts';
import { rereadEnv } from '#lib/server/env.ts';
import { listEvidence } from '#lib/server/evidence/list-evidence.ts';
import { listKept } from '#lib/server/evidence/list-kept.ts';
import { openEvidencePage } from '#lib/server/evidence/open-evidence-page.ts';
import { openEvidence } from '#lib/server/evidence/open-evidence.ts';
import * as desk from '../../src/routes/(staff)/desk/[id]/evidence/+server.ts';
import * as own from '../../src/routes/(cardholder)/documents/[evidenceId=uuid]/+server.ts';
import { useDatabase } from '../support/database.ts';
import { jpeg, PDF, useEvidence } from '../support/evidence.ts';
import { makeStaff } from '../support/staff.ts';
import { makeCardholder, makeSubmitted } from '../support/trip.ts';

const database = useDatabase();
const evidence = useEvidence(database);

let made = 0;
let photo = '';
let paper = '';
beforeEach(async () => {
	process.env.STORAGE = `file:${evidence.folder}`;
	rereadEnv();
	const attached = [
		await evidence.attach([['letter.jpg', await jpeg()]]),
		await evidence.attach([['letter.pdf', PDF]]),
	].map((outcome) => (outcome.ok ? outcome.attached[0] : undefined));
	[photo = '', paper = ''] = attached;
	await makeSubmitted(database.db, evidence.owner);
});

type Role = 'supervisor' | 'support' | 'admin';
interface Staff {
	readonly id: string;
	readonly role: Role;
}

async function staffOf(role: Role): Promise<Staff> {
	return { id: await makeStaff(database.db, `${role}-${String(++made)}`, role), role };
}

/** What the desk's route answers; the status of a refusal. */
async function look(
	staff: Staff,
	query: string,
	{ method = 'GET', headers = {} }: RequestInit = {},
): Promise<Response | number> {
	const url = new URL(`https://bank.example/desk/${evidence.applicationId}/evidence?${query}`);
	const event = {
		locals: { db: database.db, staff: { ...staff, name: 'reader' } },
		params: { id: evidence.applicationId },
		url,
		request: new Request(url, { method, headers }),
	};
	return inName({ staff: staff.role, staffId: staff.id }, () => desk.GET(event as never));
}

async function inName(identity: Identity, answer: () => Response | Promise<Response>): Promise<Response | number> {
	try {
		return await runAs(identity, async () => answer());
	} catch (thrown) {
		if (isHttpError(thrown)) return thrown.status;
		throw thrown;
	}
}

const looksAt = (evidenceId: string) =>
	database.db
		.selectFrom('audit_log')
		.select(['actor_id', 'detail'])
		.where('action', '=', 'evidence.opened')
		.where('subject_id', '=', evidenceId)
		.orderBy('id')
		.execute();

test('each look by staff is in the log: whole, small, a page, by HEAD and by a range, which is answered whole', async () => {
	// A HEAD is answered by GET's own handler, as long as there is none of its own.
	expect(Object.keys(desk)).toEqual(['GET']);
	const staff = await staffOf('supervisor');
	const asked: [query: string, how: RequestInit][] = [
		[`document=${photo}`, {}],
		[`document=${photo}&variant=thumbnail`, {}],
		[`document=${photo}`, { method: 'HEAD' }],
		[`document=${photo}`, { headers: { range: 'bytes=0-9' } }],
		[`document=${paper}`, {}],
		[`document=${paper}&page=0`, {}],
	];
	for (const [query, how] of asked) {
		const answer = await look(staff, query, how);
		expect(answer, query).toMatchObject({ status: 200 });
		if (answer instanceof Response) {
			expect(answer.headers.get('accept-ranges')).toBeNull();
			await answer.arrayBuffer();
		}
	}
	const variants = (rows: Awaited<ReturnType<typeof looksAt>>) =>
		rows.map(({ actor_id, detail }) => [actor_id === staff.id, (detail as { variant: string }).variant]);
	expect(variants(await looksAt(photo))).toEqual([
		[true, 'original'],
		[true, 'thumbnail'],
		[true, 'original'],
		[true, 'original'],
	]);
	expect(variants(await looksAt(paper))).toEqual([
		[true, 'original'],
		[true, 'page 1'],
	]);
});

test.each(['support', 'admin'] as const)(
	'%s opens no document: by no route, by no reader, by no list',
	async (role) => {
		const routes = Object.entries(ROUTES).filter(([, entries]) =>
			/evidence|case\./.test(Object.values(entries).join()),
		);
		expect(routes.length).toBeGreaterThan(5);
		for (const [route, entries] of routes) {
			for (const by of Object.keys(entries)) {
				const [method, action] = by.startsWith('?') ? ['POST', by.slice(1)] : [by, ''];
				expect(judge({ route, method, action }, [role]), `${route} ${by}`).toMatchObject({ ok: false });
				if (by === 'GET') expect(judge({ route, method: 'HEAD', action }, [role])).toMatchObject({ ok: false });
			}
		}
		const { db } = database;
		const staff = await staffOf(role);
		for (const query of [`document=${photo}`, `document=${photo}&variant=thumbnail`, `document=${paper}&page=0`]) {
			expect(await look(staff, query), query).toBe(404);
		}
		const event = {
			locals: { db, cardholder: { id: evidence.owner.cardholderId } },
			params: { evidenceId: photo },
			url: new URL('https://bank.example/'),
		};
		expect(await inName({ staff: role, staffId: staff.id }, () => own.GET(event as never))).toBe(404);
		const { storage } = evidence;
		const viewers = [
			{ kind: 'staff', id: staff.id },
			{ kind: 'staff', id: staff.id, applicationId: evidence.applicationId },
			{ kind: 'cardholder', id: evidence.owner.cardholderId },
		] as const;
		await runAs({ staff: role, staffId: staff.id }, async () => {
			for (const viewer of viewers) {
				for (const variant of ['original', 'thumbnail'] as const) {
					expect(await openEvidence(db, { evidenceId: photo, variant, viewer, storage })).toBeUndefined();
				}
				expect(await openEvidencePage(db, { evidenceId: paper, page: 0, viewer, storage })).toBeUndefined();
			}
			expect(await listEvidence(db, evidence.applicationId)).toEqual([]);
			expect(await listKept(db, evidence.owner.cardholderId)).toEqual([]);
		});
		expect([...(await looksAt(photo)), ...(await looksAt(paper))]).toEqual([]);
	},
);

test('a cardholder learns on which days reviewers looked at how many of their documents, and nothing else of the log', async () => {
	const { db } = database;
	const staff = await staffOf('supervisor');
	for (const query of [`document=${photo}`, `document=${photo}&variant=thumbnail`, `document=${paper}&page=0`]) {
		const answer = await look(staff, query);
		if (answer instanceof Response) await answer.arrayBuffer();
	}
	const { cardholderId } = evidence.owner;
	const kept = await runAs({ cardholder: cardholderId }, () => listKept(db, cardholderId));
	expect(kept.map(({ looks }) => looks)).toEqual([[{ on: dayIn(now(), 'Asia/Shanghai'), count: 2 }]]);
	expect(JSON.stringify(kept)).not.toContain(staff.id);
	expect(await runAs({ cardholder: cardholderId }, () => db.selectFrom('audit_log').selectAll().execute())).toEqual([]);
	const stranger = await makeCardholder(db);
	const looks = () => sql`select * from own_evidence_looks()`.execute(db);
	for (const identity of [
		{ cardholder: stranger.cardholderId },
		{ staff: 'support', staffId: cardholderId },
	] as const) {
		expect(await runAs(identity, () => listKept(db, cardholderId))).toEqual([]);
		expect((await runAs(identity, looks)).rows).toEqual([]);
	}
	expect((await runAs({ cardholder: cardholderId }, looks)).rows).toHaveLength(3);
});

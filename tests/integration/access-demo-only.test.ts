import { afterEach, expect, test } from 'vitest';
import { readInbox } from '#lib/server/message/read-inbox.ts';
import { load } from '../../src/routes/dev/inbox/+page.server.ts';
import { useEnv } from '../support/access.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const PRODUCTION = { DATABASE_URL: 'postgresql://bank.example/portal' };

afterEach(() => useEnv({ DATABASE_URL: undefined }));

test('the demo’s inbox is there in the demo', async () => {
	useEnv();
	expect(await readInbox(database.db)).toEqual([]);
});

test('in production there is no inbox, by the page or behind it', async () => {
	useEnv(PRODUCTION);
	await expect(readInbox(database.db)).rejects.toThrow('demo only');
	const event = { locals: { db: database.db } } as unknown as Parameters<typeof load>[0];
	await expect(load(event)).rejects.toMatchObject({ status: 404 });
});

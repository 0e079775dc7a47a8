import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliverMessage } from '#lib/server/message/deliver-message.ts';
import { noteReceipt } from '#lib/server/push/note-receipt.ts';
import { passSeconds } from '../support/access.ts';
import { listBreaches } from '../support/breaches.ts';
import { useDatabase } from '../support/database.ts';
import { type Death, type KilledDatabase, killedDatabase } from '../support/killed-database.ts';
import { smsRecorder, usePush } from '../support/push.ts';

const database = useDatabase();
const push = usePush(database);
const WAIT_SECONDS = 5 * 60;
let killed: KilledDatabase;
beforeAll(() => {
	killed = killedDatabase(database.connectionString, database.db);
});
afterAll(() => killed.db.destroy());

/** Dies while a message goes by push, and lets the job run again as the queue does; true where the death came in time. */
async function dieAndGoOn(death: Death, answers: boolean): Promise<boolean> {
	const { person, device } = await push.personWithDevice();
	const id = await push.queue(person);
	const sms = smsRecorder();
	const died = await killed.run(death, (db) => deliverMessage(db, id, sms));
	expect(device.taken.length).toBeLessThanOrEqual(1);
	for (let run = 0; run < 3; run++) {
		const receipt = device.taken[0]?.told.receipt;
		if (answers && receipt !== undefined) await noteReceipt(database.db, receipt);
		passSeconds(WAIT_SECONDS);
		await deliverMessage(database.db, id, sms);
	}
	const isTold = device.taken.length === 1;
	expect(device.taken.length).toBeLessThanOrEqual(1);
	expect(sms.taken).toHaveLength(answers && isTold ? 0 : 1);
	expect(await push.contacts(person)).toMatchObject([{ channel: answers && isTold ? 'push' : 'sms' }]);
	return died !== undefined;
}

test.each([
	['the device says that it came', true],
	['the device stays silent', false],
])(
	'whichever statement a process dies at while it sends a push, the message is told once: %s',
	async (_, answers) => {
		let before = 1;
		while (await dieAndGoOn({ before }, answers)) before += 1;
		// Both transactions, the plan’s and the outcome’s, were died in.
		expect(before).toBeGreaterThan(10);
		expect(await dieAndGoOn({ after: 'commit' }, answers)).toBe(true);
		expect(await listBreaches(database.db)).toEqual([]);
	},
	120_000,
);

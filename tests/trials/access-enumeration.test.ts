import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '#lib/server/demo/random.ts';
import { type Portal, startPortal } from '../support/portal.ts';
import { type Answer, Visitor } from '../support/visitor.ts';

const PEOPLE = process.env['TRIALS'] === 'full' ? 1_000 : 100;
const SEED = 20_261_124;

let portal: Portal;

beforeAll(async () => {
	portal = await startPortal(process.env['TEST_TEMPLATE_DATABASE_URL'] ?? '');
	// All visitors of this test have one address.
	const wide = {
		asksPerAddress: { most: 1_000_000, minutes: 10 },
		failuresPerAddress: { most: 1_000_000, minutes: 10 },
	};
	await portal.db
		.updateTable('setting')
		.set({ value: JSON.stringify(wide) })
		.where('key', '=', 'access')
		.execute();
	const ids = Array.from({ length: PEOPLE }, (_, place) => String(place).padStart(4, '0'));
	await portal.db
		.insertInto('cardholder')
		.values(
			ids.map((id) => ({ id: `C${id}`, name: '王小明', phone: knownPhone(id), id_last4: '123X', locale: 'zh-CN' })),
		)
		.execute();
	await portal.db
		.insertInto('account')
		.values(
			ids.map((id) => ({
				id: `A${id}`,
				cardholder_id: `C${id}`,
				card_last4: '4821',
				currency: 'CNY',
				policy_code: 'cn-standard',
				opened_on: '2020-01-01' as const,
			})),
		)
		.execute();
});
afterAll(() => portal.stop());

function knownPhone(id: string): string {
	return `+861380000${id}`;
}

/** Everything that somebody with these numbers is answered, on every step that can be taken without the SMS. */
async function walk({ phone, cardLast4 }: { phone: string; cardLast4: string }): Promise<Answer[]> {
	const visitor = new Visitor(portal.origin);
	const answers = [await visitor.get('/sign-in'), await visitor.post('/sign-in', { phone, card_last4: cardLast4 })];
	answers.push(await visitor.get('/sign-in/code'));
	answers.push(await visitor.post('/sign-in/code?/again', {}));
	answers.push(await visitor.post('/sign-in/code?/enter', { code: '000000', id_last4: '9999' }));
	answers.push(await visitor.post('/sign-in', { phone, card_last4: cardLast4 }));
	return answers;
}

test(`${String(PEOPLE)} known and ${String(PEOPLE)} unknown numbers: status, headers and bodies are the same`, async () => {
	const random = seededRandom(SEED);
	const seen = new Map<string, { known: number; unknown: number }>();
	for (let place = 0; place < PEOPLE; place++) {
		const id = String(place).padStart(4, '0');
		const known = { phone: knownPhone(id), cardLast4: '4821' };
		const unknown = random.chance(50)
			? { phone: `+861390000${id}`, cardLast4: '4821' }
			: { phone: known.phone, cardLast4: String(random.whole(1000, 4000)) };
		const pair = [['known', known] as const, ['unknown', unknown] as const];
		for (const [kind, numbers] of random.chance(50) ? pair : pair.reverse()) {
			const text = JSON.stringify(await walk(numbers));
			const count = seen.get(text) ?? { known: 0, unknown: 0 };
			count[kind]++;
			seen.set(text, count);
		}
	}
	expect([...seen.values()]).toEqual([{ known: PEOPLE, unknown: PEOPLE }]);
	const [answers = '[]'] = seen.keys();
	expect((JSON.parse(answers) as Answer[]).map(({ status }) => status)).toEqual([200, 303, 200, 429, 401, 303]);
	const sent = await portal.db.selectFrom('outbox_message').select('cardholder_id').distinct().execute();
	expect(sent).toHaveLength(PEOPLE);
	for (const secret of ['1380000', '1390000', '000000', '4821']) expect(portal.output()).not.toContain(secret);
});

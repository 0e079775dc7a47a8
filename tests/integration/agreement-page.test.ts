import { beforeAll, expect, test } from 'vitest';
import { useEnv } from '../support/access.ts';
import { useDatabase } from '../support/database.ts';
import { makeOffered, readOffered } from '../support/offered-agreement.ts';
import { usePages } from '../support/render-page.ts';

const database = useDatabase();
const pages = usePages();

beforeAll(() => useEnv());

const form = (changes: object) => ({
	agreementId: 'a',
	documentHash: 'b',
	codeAwaited: false,
	form: null,
	...changes,
});
const FORM = '/src/routes/(cardholder)/agreement/SignForm.svelte';

test('nothing is ticked beforehand, and what was ticked stays after an error beside its field', async () => {
	const fresh = await pages.render(FORM, form({}), 'zh-CN');
	expect(fresh).not.toContain(' checked');
	expect(fresh).not.toContain('name="code"');
	const errors = [{ field: 'code', text: '验证码不对' }];
	const refused = { codeAwaited: true, form: { consents: ['terms', 'data_use'], errors } };
	const again = await pages.render(FORM, form(refused), 'zh-CN');
	expect(again.match(/ checked/g)).toHaveLength(2);
	expect(again).toContain('id="code-error"');
	expect(again).toContain('autocomplete="one-time-code"');
});

test('what was ticked under a text that has changed is not ticked under the new one', async () => {
	const changed = { form: { consents: ['terms', 'no_new_card', 'data_use'], errors: [], changes: [] } };
	expect(await pages.render(FORM, form(changed), 'en')).not.toContain(' checked');
});

test.each(['zh-CN', 'en'] as const)(
	'the page in %s shows the whole paper, and every instalment of it',
	async (locale) => {
		const offered = await readOffered(database.db, await makeOffered(database.db), { locale });
		const { paper, contentHash } = offered.document;
		const hash = contentHash.toString('hex');
		const bindingHash = offered.binding?.contentHash.toString('hex');
		const props = { ...offered, document: { paper, hash }, bindingHash, timeZone: 'Asia/Shanghai', form: null };
		const html = await pages.render('/src/routes/(cardholder)/agreement/Offered.svelte', props, locale);
		const table = paper.blocks.find((block) => block.kind === 'table');
		for (const cell of table?.rows.flat() ?? []) expect(html).toContain(`>${cell}<`);
		expect(html).toContain(`/agreement/paper?document=${hash}`);
		expect(html.includes('/agreement/paper?document=' + String(bindingHash))).toBe(locale === 'en');
		expect(html).not.toMatch(/undefined|style=/);
	},
);

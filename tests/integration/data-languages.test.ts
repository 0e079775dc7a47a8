import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { BASE_LANGUAGE } from '#lib/domain/language.ts';
import { languages } from '#lib/messages/languages.ts';
import { listOfferedProducts } from '#lib/server/plan/read-products.ts';
import { findVersionedProduct } from '#lib/server/product/list-products.ts';
import { translated } from '../../migrations/20261129T0320-words-in-traditional-chinese.ts';
import { fieldsOf } from '../../src/routes/(staff)/admin/product-form.ts';
import { groupsOf } from '../../src/routes/(staff)/admin/rules/[key]/rule-form.ts';
import { useDatabase } from '../support/database.ts';
import { usePages } from '../support/render-page.ts';
import { simplifiedIn } from '../support/simplified.ts';

const database = useDatabase();
const pages = usePages();

/** A text in several languages, with the place where it stands. */
interface Said {
	readonly at: string;
	readonly words: Readonly<Record<string, string>>;
}

/** Every text in several languages within a value. */
function saidIn(value: unknown, at: string): Said[] {
	if (typeof value !== 'object' || value === null) return [];
	if (BASE_LANGUAGE in value) return [{ at, words: value as Said['words'] }];
	return Object.entries(value).flatMap(([key, part]) => saidIn(part, `${at}.${key}`));
}

/** Every text that the bank keeps as data and people read. */
async function listSaid(): Promise<Said[]> {
	const { rows } = await sql<{ key: string; value: unknown }>`select key, value from setting`.execute(database.db);
	const products = await listOfferedProducts(database.db);
	return [
		...rows.flatMap(({ key, value }) => saidIn(value, key)),
		...products.map(({ code, names }) => ({ at: `product ${code}`, words: names })),
	];
}

test('what is kept as data is there in every language of the portal', async () => {
	const said = await listSaid();
	expect(new Set(said.map(({ at }) => at.split(/[. ]/)[0]))).toEqual(
		new Set(['checks', 'decline_letters', 'how_to_pay', 'product']),
	);
	const missing = said.flatMap(({ at, words }) =>
		languages()
			.filter((language) => words[language] === undefined)
			.map((language) => `${at} in ${language}`),
	);
	expect(missing).toEqual([]);
});

test('nothing that is kept for readers of Traditional Chinese holds a character of the Simplified alone', async () => {
	const found = (await listSaid()).map(({ at, words }) => [at, simplifiedIn(words['zh-TW'] ?? '')]);
	expect(found.filter(([, characters]) => characters?.length !== 0)).toEqual([]);
});

test('a name that was added stands beside its version, whose terms stay as they were published', async () => {
	const read = await findVersionedProduct(database.db, 'deferral');
	expect(read?.versions.map(({ product }) => product.names['zh-TW'])).toEqual(['延期還款', '延期還款']);
	const { rows } = await sql<{ names: object }>`
		select terms -> 'names' as names from product where code = 'deferral' order by version`.execute(database.db);
	expect(rows).toEqual(Array(2).fill({ names: { 'zh-CN': '延期还款', en: 'Deferred payment' } }));
	const changed = sql`update product_name set name = '別的' where code = 'deferral'`.execute(database.db);
	await expect(changed).rejects.toThrow();
});

test('a bank’s own words get no translation of what stood there before', () => {
	const own = { 'zh-CN': '身份证件', en: 'ID card' };
	const kept = { 'zh-CN': '欠款没有争议', 'zh-TW': '沒有人爭執' };
	const value = { items: [{ words: own }, { words: kept }, { words: { 'zh-CN': '欠款没有争议' } }] };
	expect(translated(value)).toEqual({
		items: [{ words: own }, { words: kept }, { words: { 'zh-CN': '欠款没有争议', 'zh-TW': '欠款沒有爭議' } }],
	});
});

test('the forms have a field for every language, and tell of an empty one what its readers are shown', async () => {
	const value = { items: [{ code: 'identity', words: { en: 'Identity', 'zh-CN': '身份' }, needed: true }] };
	const [group] = groupsOf('checks', value, languages());
	const rule = '/src/routes/(staff)/admin/rules/[key]/RuleFields.svelte';
	const rules = await pages.render(rule, { group, isChecks: true, errors: [] }, 'zh-TW');
	for (const language of languages()) expect(rules).toContain(`name="items.0.words.${language}"`);
	expect(rules.match(/尚未填寫，讀者會看到簡體中文。/g)).toHaveLength(1);
	expect(rules).toMatch(/<summary[^>]*>.*缺繁體中文.*<\/summary>/s);
	const fields = { ...fieldsOf(undefined), 'names.zh-CN': '纾困分期', 'names.en': 'Relief' };
	const form = '/src/routes/(staff)/admin/ProductFields.svelte';
	const products = await pages.render(form, { fields, errors: [], hasCode: true }, 'en');
	for (const language of languages()) expect(products).toContain(`name="names.${language}"`);
	expect(products.match(/Not written yet: readers are shown Simplified Chinese\./g)).toHaveLength(1);
});

import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { parsePolicy } from '#lib/domain/account/parse-policy.ts';
import { currencyOf } from '#lib/domain/money.ts';
import { parseProduct } from '#lib/domain/plan/parse-product.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();

test('cn-standard is there from the first migration, and can be read', async () => {
	const { rows } = await sql<{ terms: object }>`select terms from policy where code = 'cn-standard'`.execute(
		database.db,
	);
	expect(rows).toHaveLength(1);
	expect(parsePolicy(rows[0]?.terms, currencyOf('CNY'))).toMatchObject({ ok: true });
});

test('every seeded product can be read, and instalments and deferrals are both among them', async () => {
	const { rows } = await sql<{ terms: object }>`select terms from product`.execute(database.db);
	const products = rows.map(({ terms }) => parseProduct(terms));
	expect(products.filter(({ ok }) => !ok)).toEqual([]);
	const kinds = products.map((parsed) => parsed.ok && parsed.product.kind);
	expect(kinds.filter((kind) => kind === 'instalments').length).toBeGreaterThanOrEqual(2);
	expect(kinds).toContain('deferral');
});

import { sql } from 'kysely';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** A product as it is kept: one version of a code, with its terms as plain JSON, in which every name stands. */
export interface ProductRow {
	readonly code: string;
	readonly version: number;
	readonly terms: object;
}

const terms = sql<object>`product_terms(product)`.as('terms');

/** The version on offer of every product, by code. */
export async function selectOfferedProducts(db: DbOrTrx): Promise<ProductRow[]> {
	return db
		.selectFrom('product')
		.select(['code', 'version', terms])
		.where('retired_at', 'is', null)
		.orderBy('published_at')
		.orderBy('code')
		.execute();
}

/** One version of a product, also where it is no longer offered. */
export async function selectProduct(db: DbOrTrx, code: string, version: number): Promise<ProductRow | undefined> {
	return db
		.selectFrom('product')
		.select(['code', 'version', terms])
		.where('code', '=', code)
		.where('version', '=', version)
		.executeTakeFirst();
}

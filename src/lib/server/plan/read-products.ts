import { parseProduct } from '#lib/domain/plan/parse-product.ts';
import type { Product } from '#lib/domain/plan/product.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { type ProductRow, selectOfferedProducts, selectProduct } from '#lib/server/plan/product.repository.ts';

/** The products on offer now, in the order in which they were published. */
export async function listOfferedProducts(db: DbOrTrx): Promise<Product[]> {
	return (await selectOfferedProducts(db)).map(productOf);
}

/** One version of a product, on offer or not. */
export async function findProduct(db: DbOrTrx, code: string, version: number): Promise<Product | undefined> {
	const row = await selectProduct(db, code, version);
	return row && productOf(row);
}

/** A product was checked when it was published; one that cannot be read since is a fault, and no plan is guessed from it. */
function productOf({ code, version, terms }: ProductRow): Product {
	const parsed = parseProduct({ ...terms, code, version });
	if (parsed.ok) return parsed.product;
	const problems = parsed.problems.map(({ field, problem }) => `${field} ${problem}`).join(', ');
	throw new Error(`product ${code} version ${String(version)}: ${problems}`);
}

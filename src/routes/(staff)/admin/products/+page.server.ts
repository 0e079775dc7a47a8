import { currencyOf } from '#lib/domain/money.ts';
import { formatBasisPoints } from '#lib/domain/plan/annual-rate.ts';
import { productExample } from '#lib/domain/plan/product-example.ts';
import { today } from '#lib/server/clock.ts';
import { listProducts, type VersionedProduct } from '#lib/server/product/list-products.ts';
import type { PageServerLoad } from './$types';

export const csr = false;

/** Ten thousand of a currency's units: a round amount on which every product can be compared. */
const EXAMPLE_UNITS = 10_000;

export const load: PageServerLoad = async ({ locals }) => {
	const { products, proposals } = await listProducts(locals.db);
	const day = today();
	return {
		offered: products.filter(isOffered).map((product) => ({ ...product, example: exampleOf(product, day) })),
		retired: products.filter((product) => !isOffered(product)),
		proposals,
	};
};

function isOffered({ versions: [newest] }: VersionedProduct): boolean {
	return newest.retiredAt === null;
}

function exampleOf({ versions: [{ product }] }: VersionedProduct, day: string) {
	const amount = EXAMPLE_UNITS * 10 ** currencyOf(product.currency).digits;
	const example = productExample(product, { amount, today: day });
	return example && { amount, choice: example.choice, rate: formatBasisPoints(example.annualRates.simple) };
}

import { parseProduct } from '#lib/domain/plan/parse-product.ts';
import type { Product } from '#lib/domain/plan/product.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import {
	type ProposalRow,
	selectProposals,
	selectVersions,
	type VersionRow,
} from '#lib/server/product/product-proposal.repository.ts';

/** One version of a product with the time in which it was offered; `retiredAt` is null while it is. */
export interface ProductVersion {
	readonly product: Product;
	readonly publishedAt: Date;
	readonly retiredAt: Date | null;
}

/** A product with every version, the newest first. */
export interface VersionedProduct {
	readonly code: string;
	readonly versions: readonly [ProductVersion, ...ProductVersion[]];
}

/** A proposal as pages show it; `product` is what it asks for, null where the product is to be retired. */
export interface Proposal extends Omit<ProposalRow, 'terms'> {
	readonly product: Product | null;
}

/** Every product that is or was offered, by code; and every proposal that waits for an answer, the newest first. */
export async function listProducts(
	db: DbOrTrx,
): Promise<{ products: readonly VersionedProduct[]; proposals: readonly Proposal[] }> {
	const versions = await selectVersions(db);
	const codes = [...new Set(versions.map(({ code }) => code))];
	const products = codes.flatMap((code) => versionedOf(versions.filter((version) => version.code === code)));
	return { products, proposals: (await selectProposals(db, 'waiting')).map(proposalOf) };
}

/** One product with its versions and everything that was ever proposed for it. */
export async function findVersionedProduct(
	db: DbOrTrx,
	code: string,
): Promise<(VersionedProduct & { proposals: readonly Proposal[] }) | undefined> {
	const [product] = versionedOf(await selectVersions(db, code));
	return product && { ...product, proposals: (await selectProposals(db, { code })).map(proposalOf) };
}

/** A proposal with the newest version of its product; `newest` is undefined where the code has none yet. */
export async function findProposal(
	db: DbOrTrx,
	id: string,
): Promise<{ proposal: Proposal; base: ProductVersion | undefined; newest: ProductVersion | undefined } | undefined> {
	const [row] = await selectProposals(db, { id });
	if (!row) return undefined;
	const [product] = versionedOf(await selectVersions(db, row.code));
	const base = product?.versions.find((version) => version.product.version === row.baseVersion);
	return { proposal: proposalOf(row), base, newest: product?.versions[0] };
}

function versionedOf(rows: readonly VersionRow[]): VersionedProduct[] {
	const [first, ...earlier] = rows.map(({ code, version, terms, publishedAt, retiredAt }) => ({
		product: productOf({ ...terms, code, version }),
		publishedAt,
		retiredAt,
	}));
	return first ? [{ code: first.product.code, versions: [first, ...earlier] }] : [];
}

function proposalOf({ terms, ...row }: ProposalRow): Proposal {
	return { ...row, product: row.change === 'retire' ? null : productOf(terms) };
}

/** Terms were read before they were kept; what cannot be read since is a fault, and nothing is guessed from it. */
function productOf(terms: object): Product {
	const parsed = parseProduct(terms);
	if (parsed.ok) return parsed.product;
	throw new Error(parsed.problems.map(({ field, problem }) => `product: ${field} ${problem}`).join(', '));
}

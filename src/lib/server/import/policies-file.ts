import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { type ParsedPolicy, parsePolicy } from '#lib/domain/account/parse-policy.ts';
import { isDay } from '#lib/domain/day.ts';
import { findCurrency } from '#lib/domain/money.ts';
import { isId } from '#lib/server/import/check-fields.ts';

/** One version of a policy as a file gives it: its terms as they stand, and the day from which it holds. */
export interface PolicyVersionGiven {
	readonly code: string;
	/** Undefined where the version holds from the beginning. */
	readonly effectiveOn: string | undefined;
	readonly terms: object;
}

export type PoliciesOutcome =
	| { readonly ok: true; readonly policies: readonly PolicyVersionGiven[] }
	| { readonly ok: false; readonly reason: string };

const LARGEST_FILE = 10_000_000;

const given = v.pipe(
	v.array(
		v.looseObject({
			code: v.pipe(
				v.string(),
				v.check((code) => isId(code)),
			),
			effectiveOn: v.optional(v.string()),
		}),
	),
	v.nonEmpty(),
);

/** Reads `policies.json`: a list of policies, each with a code and perhaps an `effectiveOn`. One bad policy refuses the file. */
export async function readPolicies(path: string): Promise<PoliciesOutcome> {
	const bytes = await readFile(path);
	if (bytes.length > LARGEST_FILE) return { ok: false, reason: 'is too long for a list of policies' };
	let json: unknown;
	try {
		json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		return { ok: false, reason: 'is not JSON in UTF-8' };
	}
	const parsed = v.safeParse(given, json);
	if (!parsed.success) return { ok: false, reason: 'is not a list of policies with codes' };
	const policies: PolicyVersionGiven[] = [];
	for (const { effectiveOn, ...terms } of parsed.output) {
		const fault = faultOf(terms, effectiveOn);
		const named = effectiveOn === undefined ? terms.code : `${terms.code} from ${effectiveOn}`;
		if (fault !== undefined) return { ok: false, reason: `${named}: ${fault}` };
		if (policies.some((other) => other.code === terms.code && other.effectiveOn === effectiveOn)) {
			return { ok: false, reason: `${named}: stands twice` };
		}
		policies.push({ code: terms.code, effectiveOn, terms });
	}
	return { ok: true, policies };
}

function faultOf(terms: object, effectiveOn: string | undefined): string | undefined {
	if (effectiveOn !== undefined && !isDay(effectiveOn)) return 'effectiveOn is not a day';
	const read = readTerms(terms);
	return read.ok ? undefined : read.problems.map(({ field, problem }) => `${field} ${problem}`).join(', ');
}

/**
 * A policy by what it says: terms that say the same are equal here. It names its currency, or is for accounts of any:
 * then its amounts may have as many digits as any currency has.
 */
export function readTerms(terms: object): ParsedPolicy {
	const named: unknown = 'currency' in terms ? terms.currency : undefined;
	if (named === undefined) return parsePolicy(terms, { code: 'XXX', digits: 4 });
	const currency = typeof named === 'string' ? findCurrency(named) : undefined;
	if (currency) return parsePolicy(terms, currency);
	return { ok: false, problems: [{ field: 'currency', problem: 'not_a_choice' }] };
}

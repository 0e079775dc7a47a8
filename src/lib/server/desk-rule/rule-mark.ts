import { canonicalText, type Json } from '#lib/domain/plan/canonical-text.ts';
import { sha256Hex } from '#lib/server/crypto/sha256.ts';

/** Names a rule's very wording, by which it shows whether it changed meanwhile. */
export function ruleMark(value: object): string {
	return sha256Hex(canonicalText(JSON.parse(JSON.stringify(value)) as Json));
}

import type { NumberProof } from '#lib/domain/access/number-change.ts';
import * as m from '#lib/paraglide/messages.js';

/** How a caller showed that they are who they say, in words. */
export const PROOF_WORDS: Readonly<Record<NumberProof, () => string>> = {
	id_at_branch: m.support_number_proof_id_at_branch,
	called_back: m.support_number_proof_called_back,
	card_pin: m.support_number_proof_card_pin,
	screen_characters: m.support_number_proof_screen_characters,
};

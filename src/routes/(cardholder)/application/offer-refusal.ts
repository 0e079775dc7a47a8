import { waitText } from '#lib/messages/wait-text.ts';
import * as m from '#lib/paraglide/messages.js';
import type { AcceptOutcome } from '#lib/server/offer/accept-offer.ts';
import { type declineOffer, LONGEST_ANSWER } from '#lib/server/offer/decline-offer.ts';
import type { sendOfferCode } from '#lib/server/offer/send-offer-code.ts';

type Outcome = AcceptOutcome | Awaited<ReturnType<typeof sendOfferCode>> | Awaited<ReturnType<typeof declineOffer>>;
type Refused = Extract<Outcome, { readonly ok: false }>;

/** Why an offer was not answered, in words: beside the code where it is the code's, else above the page. */
export function offerRefusal(refused: Refused, at: Date): { refusal?: string; codeError?: string } {
	switch (refused.refusal) {
		case 'wrong':
			return { codeError: m.offer_code_wrong({ count: refused.triesLeft }) };
		case 'over':
			return { refusal: m.offer_code_over() };
		case 'no_more_tries':
			return { refusal: m.offer_code_no_more_tries() };
		case 'too_many':
			return { refusal: m.offer_code_too_many({ wait: waitText(refused.until, at) }) };
		case 'not_found':
			return { refusal: m.offer_refused_not_found() };
		case 'changed_elsewhere':
			return { refusal: m.offer_refused_changed() };
		case 'overtaken':
			return { refusal: m.offer_went_back() };
		case 'offer_over':
			return { refusal: m.offer_over_title() };
		case 'being_checked':
			return { refusal: m.offer_checked_title() };
		case 'held':
			// The page shows from when on, in its own place.
			return {};
		case 'words_too_long':
			return { refusal: m.offer_refused_words({ most: LONGEST_ANSWER }) };
	}
}

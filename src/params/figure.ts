import type { ParamMatcher } from '@sveltejs/kit';
import { isFigure } from '#lib/domain/overview/figure.ts';

/** A figure of the overview by its name. */
export const match: ParamMatcher = (param) => isFigure(param);

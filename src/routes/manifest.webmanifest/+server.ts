import * as m from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { env } from '#lib/server/env.ts';
import type { RequestHandler } from './$types';

/** The web app manifest in the reader's language; the name on the home screen is the bank's and does not speak of money. */
export const GET: RequestHandler = () =>
	new Response(
		JSON.stringify({
			id: '/',
			name: `${env().bankName} · ${m.common_app_name()}`,
			short_name: env().bankName,
			description: m.manifest_description(),
			lang: getLocale(),
			start_url: '/',
			scope: '/',
			display: 'standalone',
			background_color: '#faf8f5',
			theme_color: '#faf8f5',
			icons: [
				{ src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
				{ src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
				{ src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
				{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
			],
		}),
		{ headers: { 'content-type': 'application/manifest+json', 'cache-control': 'no-cache' } },
	);

(() => {
	const { dataset } = document.documentElement;
	if (!isSecureContext) return;
	if ('PublicKeyCredential' in window && !/^[\d.]+$|^\[/.test(location.hostname)) dataset.passkeys = '';
	const hasPush = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
	if (hasPush && Notification.permission !== 'denied') dataset.pushReady = '';
})();

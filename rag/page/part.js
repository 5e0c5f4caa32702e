// Runs once in each HTML part of the page but "wire": hands the part over to the page's script, or leaves word for it.
const part = { element, props, watch };
if (window.yanju) window.yanju.adopt(part);
else (window.yanjuParts ??= []).push(part);

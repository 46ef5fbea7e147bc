// The author's bench (flask content try): the page is loaded anew when the file was saved or the search came to its end.
const { mark } = document.body.dataset;

setInterval(async () => {
  try {
    const now = await (await fetch("/moc")).json();
    if (now.mark !== mark) location.reload();
  } catch { /* the command was ended; it may be started again */ }
}, 700);

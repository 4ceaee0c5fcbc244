/** The switch of the demo's simulation. It belongs to the demo's own web server and not to the product. */
const button = document.querySelector('#morning');
const note = document.querySelector('#morning-note');

function show({ isRunning }) {
  button.hidden = false;
  button.disabled = false;
  button.setAttribute('aria-pressed', String(isRunning));
  button.textContent = isRunning ? 'End the busy morning' : 'Let a busy morning begin';
  note.textContent = isRunning
    ? 'People arrive, Rooms 2 and 3 and the pharmacy call. Room 1 is yours.'
    : 'It is quiet. Take a number at the kiosk, or let a busy morning begin.';
}

async function ask(method) {
  const response = await fetch('/simulation', { method });
  if (response.ok) show(await response.json());
}

button.addEventListener('click', () => {
  const isRunning = button.getAttribute('aria-pressed') === 'true';
  button.disabled = true;
  void ask(isRunning ? 'DELETE' : 'POST');
});
void ask('GET');

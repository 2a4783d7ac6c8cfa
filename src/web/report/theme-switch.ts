const THEMES = ['automatic', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

/** Under what name browsers remember which one it was. */
const KEY = 'codejury-theme';

/** Makes the button of the page go through the themes, and remembers the one that was chosen where browsers do. */
export function themeSwitch(): void {
  const button = document.getElementById('theme');
  if (button === null) return;
  let theme = remembered();
  const show = () => {
    if (theme === 'automatic') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.textContent = `Theme: ${theme}`;
  };
  button.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'automatic';
    show();
    remember(theme);
  });
  button.hidden = false;
  show();
}

function remembered(): Theme {
  try {
    const found = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === found) ?? 'automatic';
  } catch {
    // A browser that keeps nothing for files starts as the system is.
    return 'automatic';
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // It is chosen for as long as the page is open.
  }
}

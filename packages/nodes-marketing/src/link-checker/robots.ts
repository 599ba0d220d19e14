/** What a site asks of robots. */
export interface RobotRules {
  isAllowed(pathAndQuery: string): boolean;
  /** Pause between two requests; 0 when none is asked for. */
  readonly pauseMs: number;
}

export const NO_RULES: RobotRules = { isAllowed: () => true, pauseMs: 0 };

interface Rule {
  readonly isAllowed: boolean;
  readonly path: string;
}

const MOST_RULES = 2000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Reads robots.txt for a robot of this name: the longest rule that fits counts, of equal ones "allow".
 *
 * @see RFC 9309
 */
export function parseRobots(text: string, robot: string): RobotRules {
  const groups = groupsOf(text);
  const own = groups.filter(({ agents }) => agents.includes(robot.toLowerCase()));
  const chosen = own.length > 0 ? own : groups.filter(({ agents }) => agents.includes('*'));
  const rules = chosen.flatMap((group) => group.rules).slice(0, MOST_RULES);
  const pause = Math.max(0, ...chosen.map(({ delay }) => delay)) * 1000;
  return {
    pauseMs: Math.min(LONGEST_PAUSE_MS, pause),
    isAllowed(path) {
      const fitting = rules
        .filter((rule) => fits(rule.path, path))
        .toSorted(
          (a, b) => b.path.length - a.path.length || Number(b.isAllowed) - Number(a.isAllowed),
        );
      return fitting[0]?.isAllowed ?? true;
    },
  };
}

interface Group {
  readonly agents: string[];
  readonly rules: Rule[];
  delay: number;
}

function groupsOf(text: string): Group[] {
  const groups: Group[] = [];
  let open: Group | undefined;
  let isNaming = false;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const told = line.split('#')[0] ?? '';
    const colon = told.indexOf(':');
    if (colon === -1) continue;
    const name = told.slice(0, colon).trim().toLowerCase();
    const value = told.slice(colon + 1).trim();
    if (name === 'user-agent') {
      if (!open || !isNaming) groups.push((open = { agents: [], rules: [], delay: 0 }));
      open.agents.push(value.toLowerCase());
      isNaming = true;
      continue;
    }
    isNaming = false;
    if ((name === 'allow' || name === 'disallow') && value !== '')
      open?.rules.push({ isAllowed: name === 'allow', path: value });
    if (name === 'crawl-delay' && open) open.delay = Number(value) || 0;
  }
  return groups;
}

/** `*` is any text, `$` the end. Goes from part to part, so that no pattern takes long. */
function fits(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$');
  const [first = '', ...parts] = (isWhole ? pattern.slice(0, -1) : pattern).split('*');
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const [index, part] of parts.entries()) {
    const isLast = isWhole && index === parts.length - 1;
    const found = isLast ? path.length - part.length : path.indexOf(part, at);
    if (found < at || (isLast && !path.endsWith(part))) return false;
    at = found + part.length;
  }
  return !isWhole || parts.length > 0 || at === path.length;
}

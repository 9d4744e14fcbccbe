"""What keeps people out of a page, looked for in Chromium."""

import os
from pathlib import Path

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = """
tags => axe.run(document, {
    runOnly: { type: "tag", values: tags },
    resultTypes: ["violations"],
}).then(found => found.violations.flatMap(violation => violation.nodes.map(node =>
    `${violation.id}: ${node.target.join(" ")}: ` +
    [...node.any, ...node.all, ...node.none].map(one => one.message).join("; ")
)))
"""
# Levels of headings one after the other: one h1, and none that is left out.
HEADINGS = """
() => {
    const shown = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(
        heading => heading.checkVisibility()
    );
    const levels = shown.map(heading => Number(heading.tagName[1]));
    const faults = [];
    if (levels.filter(level => level === 1).length !== 1) {
        faults.push(`h1 ${levels.filter(level => level === 1).length} times`);
    }
    levels.forEach((level, index) => {
        if (index && level > levels[index - 1] + 1) {
            faults.push(`h${level} after h${levels[index - 1]}: ` +
                shown[index].textContent.trim().slice(0, 60));
        }
    });
    return faults;
}
"""
# What sticks out to the right, unless it is in a box that scrolls by itself.
WIDE = """
() => {
    const width = document.documentElement.clientWidth;
    const name = element => {
        const id = element.id ? "#" + element.id : "";
        const classes = [...element.classList].slice(0, 3).map(one => "." + one);
        return element.tagName.toLowerCase() + id + classes.join("");
    };
    const root = document.documentElement;
    const page = document.querySelector("#wrapwrap") || root;
    const tooWide = Math.max(
        root.scrollWidth - width, page.scrollWidth - page.clientWidth
    );
    if (tooWide <= 1) {
        return [];
    }
    const scrolls = element => {
        let box = element.parentElement;
        while (box && box !== page) {
            if (getComputedStyle(box).overflowX !== "visible") {
                return true;
            }
            box = box.parentElement;
        }
        return false;
    };
    const out = [...page.querySelectorAll("*")].filter(element => {
        const box = element.getBoundingClientRect();
        return box.width && box.right > width + 1 && element.checkVisibility() &&
            !scrolls(element);
    });
    // The innermost say more than what is around them.
    const inner = out.filter(element => !out.some(other =>
        other !== element && element.contains(other)));
    return [`${tooWide} px too wide`, ...inner.slice(0, 5).map(name)];
}
"""
# Controls that a keyboard has to reach, each with a number; of radio buttons one.
CONTROLS = """
() => {
    const groups = new Set();
    // A dialog that is open keeps the keyboard to itself.
    const place = document.querySelector(".modal.show") || document;
    const found = [...place.querySelectorAll(
        "a[href], button, input, select, textarea, summary, [tabindex]"
    )].filter(element => {
        if (element.disabled || element.tabIndex < 0 || element.type === "hidden") {
            return false;
        }
        if (!element.checkVisibility({ visibilityProperty: true })) {
            return false;
        }
        if (element.type === "radio") {
            const group = `${element.form?.id} ${element.name}`;
            const checked = document.querySelector(`[name="${element.name}"]:checked`);
            if (groups.has(group) || (checked && checked !== element)) {
                return false;
            }
            groups.add(group);
        }
        return true;
    });
    window.tourLooks = new Map();
    const look = element => {
        const style = getComputedStyle(element);
        return [
            "outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderColor",
            "backgroundColor", "textDecorationLine", "clip", "position",
        ].map(name => style[name]).join("|");
    };
    window.tourLook = element => look(element) + "|" + look(element.parentElement) +
        (element.labels?.length ? look(element.labels[0]) : "");
    document.activeElement.blur();
    found.forEach((element, index) => {
        element.dataset.tourControl = index;
        window.tourLooks.set(element, window.tourLook(element));
    });
    return found.map(element => {
        const text = element.innerText || element.getAttribute("aria-label") ||
            element.name || element.className;
        return `${element.tagName.toLowerCase()} ${String(text).trim().slice(0, 40)}`;
    });
}
"""
FOCUSED = """
() => {
    const element = document.activeElement;
    if (!element || element === document.body || !element.dataset.tourControl) {
        return null;
    }
    const box = element.getBoundingClientRect();
    return {
        number: Number(element.dataset.tourControl),
        changed: window.tourLook(element) !== window.tourLooks.get(element),
        inSight: box.bottom > 0 && box.top < innerHeight && box.right > 0 &&
            box.left < innerWidth,
    };
}
"""


def read_axe():
    return Path(os.environ["TOUR_AXE"]).read_text()


class Audit:
    """Looks at pages in one window.

    :param window: of `browser.Visit`
    """

    def __init__(self, window):
        self.window = window
        self.page = window.page
        self.axe = read_axe()

    def open(self, path):
        """Go there, and wait for what its scripts do."""
        self.page.goto(self.window.browser.url + path)
        self.page.wait_for_load_state("load")
        self.window.settle()

    def find_violations(self):
        self.page.evaluate(self.axe)
        return self.page.evaluate(AXE, TAGS)

    def find_wide(self):
        return self.page.evaluate(WIDE)

    def find_headings(self):
        return self.page.evaluate(HEADINGS)

    def find_keyboard_faults(self):
        """Go through the page by Tab."""
        names = self.page.evaluate(CONTROLS)
        reached, faults = [], []
        for _press in range(4 * len(names) + 10):
            self.page.keyboard.press("Tab")
            focused = self.page.evaluate(FOCUSED)
            if not focused:
                # Past the end; or a control of the page's scripts, which comes later.
                if len(set(reached)) == len(names):
                    break
                continue
            number = focused["number"]
            if reached[-1:] == [number]:
                # Day, month and year of a date are one control.
                continue
            if number in reached:
                break
            reached.append(number)
            if not focused["changed"]:
                faults.append(f"one does not see the focus on {names[number]}")
            if not focused["inSight"]:
                faults.append(f"out of sight with the focus: {names[number]}")
        missed = set(range(len(names))) - set(reached)
        faults += [f"not reached by Tab: {names[number]}" for number in sorted(missed)]
        # A page may begin where one is to type; then the rest comes around.
        first = reached.index(min(reached)) if reached else 0
        if reached[first:] + reached[:first] != sorted(reached):
            faults.append(f"not in order: {[names[number] for number in reached]}")
        return faults

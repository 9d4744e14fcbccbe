// How XML and JavaScript files are laid out.  `./tour lint --fix` applies it.
// TOUR_NODE_MODULES says where the plugin is: ./tour keeps it in its cache.
const path = require("path");
const modules = process.env.TOUR_NODE_MODULES || path.join(__dirname, "node_modules");

module.exports = {
    plugins: [path.join(modules, "@prettier/plugin-xml/src/plugin.js")],
    bracketSpacing: false,
    printWidth: 88,
    proseWrap: "preserve",
    semi: true,
    tabWidth: 4,
    trailingComma: "es5",
    xmlWhitespaceSensitivity: "preserve",
};

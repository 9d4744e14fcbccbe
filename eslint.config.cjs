// What is wrong in JavaScript, beyond its layout.
const path = require("path");
const modules = process.env.TOUR_NODE_MODULES || path.join(__dirname, "node_modules");
const globals = require(path.join(modules, "globals"));

module.exports = [
    {
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: {...globals.browser, luxon: "readonly", odoo: "readonly"},
        },
        rules: {
            eqeqeq: "error",
            "init-declarations": "error",
            "no-cond-assign": "error",
            "no-const-assign": "error",
            "no-debugger": "error",
            "no-dupe-args": "error",
            "no-dupe-class-members": "error",
            "no-dupe-keys": "error",
            "no-duplicate-case": "error",
            "no-duplicate-imports": "error",
            "no-eval": "error",
            "no-ex-assign": "error",
            "no-func-assign": "error",
            "no-global-assign": "error",
            "no-lonely-if": "error",
            "no-undef": "error",
            "no-unneeded-ternary": "error",
            "no-unreachable": "error",
            "no-unused-expressions": "error",
            "no-unused-vars": "error",
            "no-use-before-define": ["error", {functions: false}],
            "prefer-const": "error",
            radix: "error",
        },
    },
];

// A server that can open a chapter in JupyterLab sends a file of its own in place of this one.
window.qlearnLab = null;

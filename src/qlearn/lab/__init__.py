"""JupyterLab for a teacher or a learner on this machine, and the doctor that says whether it will work.

Layer: errors <- lab <- cli. Nothing here knows physics, exercises or marks; a course is a folder path.
"""

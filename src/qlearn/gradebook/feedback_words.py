"""What a feedback page says in its own voice, in each language it speaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["DEFAULT_LANGUAGE", "WORDS", "page_language"]

DEFAULT_LANGUAGE = "en"

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Feedback on {name}",
        "skip": "Skip to your notebook",
        "handed_in_by": "Handed in by {student}",
        "total": "{points} of {maximum} points",
        "total_waiting": "{points} of {maximum} points so far; {waiting} more wait for a mark",
        "late": "{points} points are taken off because the work came late.",
        "summary": "Summary",
        "table": "Table",
        "formula": "Formula",
        "question": "Question",
        "points": "Points",
        "result": "Result",
        "message": "What to look at",
        "of": "{points} of {maximum}",
        "waits_of": "waits for a mark, of {maximum}",
        "right": "right",
        "partly": "partly",
        "not_yet": "not yet",
        "waits": "waits for your teacher",
        "next": "What to try next",
        "next_misconception_read": "Read about it in the book, change your answer, and run the visible tests again.",
        "next_misconception": "Think the message through, change your answer, and run the visible tests again.",
        "next_misconception_plain": "Read about it in the book, and think what you would answer now.",
        "next_failed": "Compare your answer with the message, change it, and run the visible tests again.",
        "next_raised": "Run the cell with your answer again: the last line of the error says what stopped it.",
        "next_blank": "Start from the first hint of the question.",
        "next_blank_plain": "Read the question once more, and write down your first idea.",
        "next_comment": "Read what your teacher wrote below your answer.",
        "next_missing": "Take a fresh copy of the notebook, copy your answers into it, and hand that one in.",
        "next_waits": "There is nothing to do: your teacher is going to read it.",
        "in_the_book": "In the book: {place}",
        "place": "{chapter}, section “{section}”",
        "place_chapter": "{chapter}",
        "missing_cell": "This cell is not in the notebook you handed in.",
        "notebook": "Your notebook",
        "answer": "Your answer",
        "test": "Test",
        "task": "Task",
        "comment": "Comment",
        "auto_comment_no_response": "No answer was found here.",
        "visible_tests": "Tests you can see",
        "traceback": "Where it happened",
        "output": "Output",
        "up": "Back to the summary",
        "picture": "Picture made by the cell above",
        "no_picture": "A picture is not shown here",
        "cut": "The rest, {count} characters, is not shown here.",
        "too_large": "An output of {count} characters is not shown here.",
        "withheld": "This output is not shown, because it quotes a hidden test.",
        "after_hidden": "Output not shown: a hidden test ran before this cell. Run your own notebook to see it.",
        "hidden_not_passed": "A hidden test was not passed.",
        "hidden_cannot_use": "A hidden test could not go on with what your code gave ({error}).",
        "hidden_raised": "Your code raised {error} while a hidden test called it.",
        "hidden_raised_own": "Your code raised an error while a hidden test called it.",
        "hidden_stderr": "Your code wrote a warning while a hidden test called it.",
    },
    "ko": {
        "title": "{name} 피드백",
        "skip": "내 노트북으로 건너뛰기",
        "handed_in_by": "제출한 학생: {student}",
        "total": "{maximum}점 만점에 {points}점",
        "total_waiting": "지금까지 {maximum}점 만점에 {points}점이며, {waiting}점은 채점을 기다리는 중입니다",
        "late": "늦게 제출하여 {points}점이 깎였습니다.",
        "summary": "요약",
        "table": "표",
        "formula": "수식",
        "question": "문제",
        "points": "점수",
        "result": "결과",
        "message": "살펴볼 점",
        "of": "{maximum}점 중 {points}점",
        "waits_of": "{maximum}점 만점, 채점을 기다리는 중",
        "right": "맞음",
        "partly": "일부 맞음",
        "not_yet": "아직 아님",
        "waits": "선생님의 채점을 기다리는 중",
        "next": "다음에 해 볼 일",
        "next_misconception_read": "책에서 읽어 본 뒤 답을 고치고, 공개된 테스트를 다시 실행해 보세요.",
        "next_misconception": "살펴볼 점을 다시 생각해 보고 답을 고친 뒤, 공개된 테스트를 다시 실행해 보세요.",
        "next_misconception_plain": "책에서 읽어 보고, 지금이라면 어떻게 답할지 생각해 보세요.",
        "next_failed": "내 답과 살펴볼 점을 견주어 답을 고친 뒤, 공개된 테스트를 다시 실행해 보세요.",
        "next_raised": "답을 쓴 셀을 다시 실행해 보세요. 오류의 마지막 줄에 코드가 멈춘 까닭이 나옵니다.",
        "next_blank": "이 문제의 첫 번째 힌트부터 시작해 보세요.",
        "next_blank_plain": "문제를 다시 읽고 처음 떠오르는 생각을 적어 보세요.",
        "next_comment": "내 답 아래에 있는 선생님의 말씀을 읽어 보세요.",
        "next_missing": "노트북을 새로 받아 내 답을 옮겨 적은 뒤 그 노트북을 제출하세요.",
        "next_waits": "지금은 할 일이 없습니다. 선생님이 읽으실 차례입니다.",
        "in_the_book": "책에서: {place}",
        "place": "{chapter}, “{section}” 절",
        "place_chapter": "{chapter}",
        "missing_cell": "제출한 노트북에 이 셀이 없습니다.",
        "notebook": "내 노트북",
        "answer": "내 답",
        "test": "테스트",
        "task": "과제",
        "comment": "선생님의 말씀",
        "auto_comment_no_response": "여기에서 답을 찾지 못했습니다.",
        "visible_tests": "공개된 테스트",
        "traceback": "오류가 난 곳",
        "output": "출력",
        "up": "요약으로 돌아가기",
        "picture": "위의 셀이 만든 그림",
        "no_picture": "그림은 여기에 표시되지 않습니다",
        "cut": "나머지 {count}자는 여기에 표시되지 않습니다.",
        "too_large": "{count}자 길이의 출력은 여기에 표시되지 않습니다.",
        "withheld": "이 출력은 숨겨진 테스트의 내용을 담고 있어 표시되지 않습니다.",
        "after_hidden": "숨겨진 테스트 뒤에 실행된 셀이라 출력을 표시하지 않습니다. 내 노트북에서 실행해 보세요.",
        "hidden_not_passed": "숨겨진 테스트 하나를 통과하지 못했습니다.",
        "hidden_cannot_use": "작성한 코드가 돌려준 값으로는 숨겨진 테스트를 계속할 수 없었습니다({error}).",
        "hidden_raised": "숨겨진 테스트가 작성한 코드를 호출하는 동안 {error} 오류가 났습니다.",
        "hidden_raised_own": "숨겨진 테스트가 작성한 코드를 호출하는 동안 오류가 났습니다.",
        "hidden_stderr": "숨겨진 테스트가 작성한 코드를 호출하는 동안 경고가 나왔습니다.",
    },
}


def page_language(metadata: Mapping[str, Any]) -> str:
    """Find a notebook's language among those we have words for.

    Parameters
    ----------
    metadata
        The notebook's own: `lang` counts first, as in `ko` or `ko-KR`, then `language` of the kernel it names.

    Returns
    -------
    str
        A key of `WORDS`; English if the notebook names none of them.
    """
    kernel = metadata.get("kernelspec")
    named = (
        metadata.get("lang"),
        metadata.get("language"),
        kernel.get("language") if isinstance(kernel, Mapping) else None,
    )
    for tag in named:
        primary = str(tag or "").replace("_", "-").partition("-")[0].lower()
        if primary in WORDS:
            return primary
    return DEFAULT_LANGUAGE

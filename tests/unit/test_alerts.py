"""An alert that cannot be delivered is one line, whatever answers, and tells no address."""

import socket
import threading
from dataclasses import replace

import pytest

from communique import alerts
from communique.settings import Settings
from house import FIRST_NIGHT, SECRET


@pytest.fixture
def not_http():
    """An address where something answers that speaks no HTTP."""

    def answer():
        connection, _ = server.accept()
        with connection:
            connection.recv(65_536)
            connection.sendall(b"220 mail.example ready\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=answer, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/{SECRET}"


@pytest.fixture
def post(capsys):
    def post_and_read(address):
        settings = replace(Settings.from_environment({}), alert_url=address)
        alerts.post(settings, FIRST_NIGHT, "load", "It failed.")
        return capsys.readouterr()

    return post_and_read


@pytest.mark.parametrize(
    "address", [f"http://127.0.0.1:1/my {SECRET}", f"http://127.0.0.1:{SECRET}/hook"]
)
def test_an_address_that_cannot_be_called_is_told_without_it(post, address):
    told = post(address)

    assert "was not taken at COMMUNIQUE_ALERT_URL: InvalidURL." in told.err
    assert SECRET not in told.out + told.err


def test_a_server_that_answers_no_http_fails_no_night(post, not_http):
    told = post(not_http)

    assert "was not taken at COMMUNIQUE_ALERT_URL: BadStatusLine." in told.err
    assert SECRET not in told.out + told.err
